import { feedInput } from './world/feed-input.js';
import type { Input } from './world/input.js';
import { replayInput } from './world/replay-input.js';
import type { WorldProcesses } from './world/world.js';

/** What a run of the harness is asked for; see docs/faults.md. */
export interface FaultSettings {
  readonly seed: number;
  /** Faults that are injected. */
  readonly faults: number;
  /** Events in the log at the end, about. */
  readonly events: number;
  /** Made-up bars of many symbols from a bad source, or the program's own replay with the role `ingestion`. */
  readonly input: 'feed' | 'replay';
  /** Kafka and Redis, or PostgreSQL alone. */
  readonly services: boolean;
  /** Where logs and databases of the run go, kept when it fails; null for the system's temporary directory. */
  readonly directory: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * FAULT_SEED, FAULT_COUNT, FAULT_EVENTS, FAULT_INPUT, FAULT_SERVICES, FAULT_DIRECTORY. Throws RangeError for what is not one.
 */
export function faultSettings(environment: Environment): FaultSettings {
  const input = environment['FAULT_INPUT'] ?? 'feed';
  if (input !== 'feed' && input !== 'replay') throw new RangeError(`FAULT_INPUT: ${input} is neither feed nor replay`);
  return {
    seed: wholeNumber(environment, 'FAULT_SEED', 20_160_103),
    faults: wholeNumber(environment, 'FAULT_COUNT', 14),
    events: wholeNumber(environment, 'FAULT_EVENTS', 2_000),
    input,
    services: (environment['FAULT_SERVICES'] ?? '') !== '',
    directory: environment['FAULT_DIRECTORY'] ?? null,
  };
}

function wholeNumber(environment: Environment, name: string, byDefault: number): number {
  const text = environment[name];
  if (text === undefined || text === '') return byDefault;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name}: ${text} is not a whole number above 0`);
  return value;
}

/** All roles, those that act twice. */
export const EVERY_ROLE: WorldProcesses = { ingestion: 2, ml: 2, trading: 2, backtesting: 1, api: 1, audit: 2 };

/** A fed bar makes one event, an answer of each of two signal sources, and now and then one of an order or a correction. */
const EVENTS_A_FED_BAR = 3.15;
/** A portfolio of each account, whatever the number of symbols. */
const EVENTS_A_MINUTE = 3;
/** A replayed one has three portfolios for itself, and anomalies. */
const EVENTS_A_REPLAYED_BAR = 6.3;
/** As many as keep a series below what the program would train a model on: 500 bars, 280 of them the past. */
const MINUTES = 180;
const LEAST_SYMBOLS = 3;
const LEAST_REPLAYED_BARS = 60;

export async function inputFor({
  input,
  seed,
  events,
}: Pick<FaultSettings, 'input' | 'seed' | 'events'>): Promise<Input> {
  if (input === 'replay') return replayInput(Math.max(LEAST_REPLAYED_BARS, Math.ceil(events / EVENTS_A_REPLAYED_BAR)));
  const ofBars = events - MINUTES * EVENTS_A_MINUTE;
  const symbols = Math.max(LEAST_SYMBOLS, Math.ceil(ofBars / (MINUTES * EVENTS_A_FED_BAR)));
  return feedInput({ seed, minutes: MINUTES, symbols });
}
