/** What a run of the harness is asked for; see docs/faults.md. */
export interface FaultSettings {
  readonly seed: number;
  /** Faults that are injected. */
  readonly faults: number;
  /** Events in the log at the end, about. */
  readonly events: number;
  /** Where logs and databases of the run go, kept when it fails; null for a directory under the system's temporary one. */
  readonly directory: string | null;
}

/** FAULT_SEED, FAULT_COUNT, FAULT_EVENTS, FAULT_DIRECTORY. Throws RangeError for one that is no whole number above 0. */
export function faultSettings(environment: Readonly<Record<string, string | undefined>>): FaultSettings {
  return {
    seed: wholeNumber(environment, 'FAULT_SEED', 20_160_103),
    faults: wholeNumber(environment, 'FAULT_COUNT', 16),
    events: wholeNumber(environment, 'FAULT_EVENTS', 3_000),
    directory: environment['FAULT_DIRECTORY'] ?? null,
  };
}

function wholeNumber(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  byDefault: number,
): number {
  const text = environment[name];
  if (text === undefined || text === '') return byDefault;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name}: ${text} is not a whole number above 0`);
  return value;
}
