import { parseParameters, type ParameterDeclarations } from '../../engines/strategies/parameters.js';
import type { StrategyDefinition } from '../../engines/strategies/strategy.js';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const PARAMETER_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const KINDS = ['INTEGER', 'NUMBER', 'BOOLEAN', 'CHOICE'];

/** What keeps a value of unknown origin from being a strategy, naming the field; null when it is one. */
export function definitionFault(value: unknown): string | null {
  if (!isRecord(value))
    return `the default export is ${kindOf(value)}, not a strategy: export default defineStrategy({...})`;
  const { name, description, parameters, warmUpBars, create, checkTogether, prepare, prepareReads } = value;
  if (typeof name !== 'string' || !NAME.test(name) || name.length > 60)
    return `name: ${shown(name)} is no name of 1 to 60 small letters, digits and hyphens, as in "sma-cross"`;
  if (typeof description !== 'string' || description.trim() === '')
    return `description: ${shown(description)} is no sentence for people`;
  if (!isRecord(parameters)) return `parameters: ${shown(parameters)} is no object of declarations; {} for none`;
  if (typeof warmUpBars !== 'function') return 'warmUpBars: it is no function that answers a number of bars';
  if (typeof create !== 'function') return 'create: it is no function that makes a run';
  if (checkTogether !== undefined && typeof checkTogether !== 'function') return 'checkTogether: it is no function';
  if (prepare !== undefined && typeof prepare !== 'function') return 'prepare: it is no function';
  const unread = prepareReads === undefined ? null : readsFault(prepareReads, parameters);
  if (unread !== null) return unread;
  for (const [parameter, declaration] of Object.entries(parameters)) {
    const fault = PARAMETER_NAME.test(parameter) ? declarationFault(declaration) : 'its name is no identifier';
    if (fault !== null) return `parameters.${parameter}: ${fault}`;
  }
  return defaultsFault(value as unknown as StrategyDefinition);
}

function readsFault(prepareReads: unknown, parameters: Readonly<Record<string, unknown>>): string | null {
  if (!Array.isArray(prepareReads)) return `prepareReads: ${shown(prepareReads)} is no list of parameters`;
  const unknown: unknown = prepareReads.find((name) => typeof name !== 'string' || !Object.hasOwn(parameters, name));
  return unknown === undefined ? null : `prepareReads: ${shown(unknown)} is none of its parameters`;
}

function declarationFault(declaration: unknown): string | null {
  if (!isRecord(declaration)) return `${shown(declaration)} is no declaration`;
  const { kind, description, min, max, choices } = declaration;
  if (!KINDS.includes(kind as string)) return `kind: ${shown(kind)} is none of ${KINDS.join(', ')}`;
  if (typeof description !== 'string') return `description: ${shown(description)} is no text`;
  if (kind === 'CHOICE' && !(Array.isArray(choices) && choices.every((choice) => typeof choice === 'string')))
    return `choices: ${shown(choices)} is no list of texts`;
  if (kind !== 'INTEGER' && kind !== 'NUMBER') return null;
  if (typeof min !== 'number' || Number.isNaN(min)) return `min: ${shown(min)} is no number`;
  if (typeof max !== 'number' || Number.isNaN(max)) return `max: ${shown(max)} is no number`;
  return min <= max ? null : `min: ${min} is above max ${max}`;
}

/** A strategy must run as it is declared. */
function defaultsFault({ parameters }: StrategyDefinition): string | null {
  const parsed = parseParameters(parameters as ParameterDeclarations, {});
  return parsed.ok ? null : `parameters.${parsed.error.message} (its default)`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 60);
