import { seededRandom } from '../../support/seeded-random.js';
import { FAULT_KINDS, FAULT_WEIGHTS, isOnOneProcess, type FaultKind } from './fault-kinds.js';

/** One fault, as it is planned before anything runs. */
export interface Fault {
  /** Share of the input that has been fed when it is done: 0 to 1. Faults come in the order of it. */
  readonly at: number;
  readonly kind: FaultKind;
  /** Name of the process concerned; null where it concerns all. */
  readonly target: string | null;
  /** How long it lasts, for kinds that last. */
  readonly lastsMs: number;
  /** A number in [0, 1) for what else is to be drawn (which connection, how far a clock jumps). */
  readonly draw: number;
}

export interface FaultPlanOptions {
  readonly seed: number;
  readonly count: number;
  readonly targets: readonly string[];
  /** Kinds that the world has something to do them with. */
  readonly kinds: readonly FaultKind[];
}

/** Nothing is done to the input's first and last tenth: what is running by then is worth a fault, and its end is awaited. */
const FIRST_AT = 0.05;
const LAST_AT = 0.95;
const SHORTEST_MS = 300;
const LONGEST_MS = 4_000;
/** Longer than any lease (10 s): who is held up that long comes back to partitions and accounts that are another's. */
const BEYOND_LEASES_MS = 12_000;
const BEYOND_LEASES_SHARE = 0.15;

/**
 * The faults of a seed: pure, so the same seed, count, targets and kinds give the same plan. The first faults are one of
 * each kind, so that a short run has seen them all; the others are drawn by weight.
 */
export function planFaults({ seed, count, targets, kinds }: FaultPlanOptions): readonly Fault[] {
  if (targets.length === 0 || kinds.length === 0) throw new RangeError('a plan needs a target and a kind of fault');
  const random = seededRandom(seed);
  const chosen = shuffled(
    FAULT_KINDS.filter((kind) => kinds.includes(kind)),
    random,
  ).slice(0, count);
  while (chosen.length < count) chosen.push(drawKind(kinds, random));
  const moments = Array.from({ length: count }, () => FIRST_AT + (LAST_AT - FIRST_AT) * random()).toSorted(
    (a, b) => a - b,
  );
  return shuffled(chosen, random).map((kind, index) => ({
    at: moments[index] ?? LAST_AT,
    kind,
    target: isOnOneProcess(kind) ? (targets[Math.floor(random() * targets.length)] ?? null) : null,
    lastsMs: random() < BEYOND_LEASES_SHARE ? BEYOND_LEASES_MS : SHORTEST_MS + random() * (LONGEST_MS - SHORTEST_MS),
    draw: random(),
  }));
}

function drawKind(kinds: readonly FaultKind[], random: () => number): FaultKind {
  const total = kinds.reduce((sum, kind) => sum + FAULT_WEIGHTS[kind], 0);
  let left = random() * total;
  for (const kind of kinds) if ((left -= FAULT_WEIGHTS[kind]) < 0) return kind;
  return kinds[0] ?? 'kill';
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [result[index], result[other]] = [result[other] as T, result[index] as T];
  }
  return result;
}
