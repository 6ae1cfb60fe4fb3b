/** Everything that can be done to the world under test. */
export const FAULT_KINDS = [
  'kill',
  'restart',
  'pause',
  'end-backends',
  'restart-database',
  'cut',
  'delay',
  'black-hole',
  'fill-disk',
  'jump-clock',
  'restart-kafka',
  'flush-redis',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** How often a kind is drawn, against the others. What stops everything for seconds is drawn less. */
export const FAULT_WEIGHTS: Readonly<Record<FaultKind, number>> = {
  kill: 8,
  restart: 2,
  pause: 4,
  'end-backends': 4,
  'restart-database': 2,
  cut: 3,
  delay: 2,
  'black-hole': 2,
  'fill-disk': 1,
  'jump-clock': 2,
  'restart-kafka': 1,
  'flush-redis': 1,
};

/** Kinds that are done to one process, or to its way to the database; the others concern all of them. */
const ON_ONE_PROCESS: ReadonlySet<FaultKind> = new Set([
  'kill',
  'restart',
  'pause',
  'end-backends',
  'cut',
  'delay',
  'black-hole',
  'jump-clock',
]);
export const isOnOneProcess = (kind: FaultKind): boolean => ON_ONE_PROCESS.has(kind);
