import { err, ok, type Result } from '../../domain/result.js';

/** One declared parameter: its kind, range and default, shown in the API and checked before a run. */
export type ParameterDeclaration =
  | {
      readonly kind: 'INTEGER' | 'NUMBER';
      readonly description: string;
      readonly default: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: 'BOOLEAN'; readonly description: string; readonly default: boolean }
  | {
      readonly kind: 'CHOICE';
      readonly description: string;
      readonly default: string;
      readonly choices: readonly string[];
    };

export type ParameterDeclarations = Readonly<Record<string, ParameterDeclaration>>;
export type ParameterValue = number | boolean | string;

type ValueOf<P extends ParameterDeclaration> = P extends { kind: 'INTEGER' | 'NUMBER' }
  ? number
  : P extends { kind: 'BOOLEAN' }
    ? boolean
    : P extends { kind: 'CHOICE'; choices: readonly (infer C)[] }
      ? C
      : never;
export type ParameterValues<D extends ParameterDeclarations> = { readonly [K in keyof D]: ValueOf<D[K]> };

export interface ParameterRefusal {
  readonly code: 'UNKNOWN_PARAMETER' | 'PARAMETER_OUT_OF_RANGE' | 'PARAMETERS_DO_NOT_FIT';
  /** The parameter; null where several do not fit together. */
  readonly parameter: string | null;
  /** Names the parameter, the value and the limit. */
  readonly message: string;
}

/** Fills in defaults and checks every value. Values come from outside: anything may be in them. */
export function parseParameters<D extends ParameterDeclarations>(
  declarations: D,
  given: Readonly<Record<string, unknown>>,
  checkTogether?: (values: ParameterValues<D>) => string | null,
): Result<ParameterValues<D>, ParameterRefusal> {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(declarations, name)) continue;
    const known = Object.keys(declarations).join(', ') || 'none';
    const message = `${name} is not a parameter of this strategy; it takes: ${known}`;
    return err({ code: 'UNKNOWN_PARAMETER', parameter: name, message });
  }
  const values: Record<string, ParameterValue> = {};
  for (const [name, declaration] of Object.entries(declarations)) {
    const value = given[name] ?? declaration.default;
    const fault = faultOf(name, declaration, value);
    if (fault !== null) return err({ code: 'PARAMETER_OUT_OF_RANGE', parameter: name, message: fault });
    values[name] = value as ParameterValue;
  }
  const fault = checkTogether?.(values as ParameterValues<D>) ?? null;
  if (fault !== null) return err({ code: 'PARAMETERS_DO_NOT_FIT', parameter: null, message: fault });
  return ok(values as ParameterValues<D>);
}

function faultOf(name: string, declaration: ParameterDeclaration, value: unknown): string | null {
  switch (declaration.kind) {
    case 'BOOLEAN':
      return typeof value === 'boolean' ? null : `${name}: ${shown(value)} is not true or false`;
    case 'CHOICE':
      return declaration.choices.includes(value as string)
        ? null
        : `${name}: ${shown(value)} is none of ${declaration.choices.join(', ')}`;
    case 'INTEGER':
    case 'NUMBER': {
      const { min, max, kind } = declaration;
      const isKind =
        typeof value === 'number' && (kind === 'INTEGER' ? Number.isInteger(value) : Number.isFinite(value));
      return isKind && value >= min && value <= max
        ? null
        : `${name}: ${shown(value)} is not a ${kind === 'INTEGER' ? 'whole number' : 'number'} from ${min} to ${max}`;
    }
  }
}

/** Not as JSON: what is nested ten thousand deep has none, and a number out of range is null there. */
function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return String(value).slice(0, 60);
}
