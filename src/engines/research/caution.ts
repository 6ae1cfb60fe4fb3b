/** What a check may hold against a result. */
export const CAUTION_CODES = [
  /** A decision changes when the bars after it are taken away. */
  'LOOK_AHEAD',
  /** Two runs over the same bars differ. */
  'NOT_REPRODUCIBLE',
  /** Decisions change with how much history lies before the warm-up. */
  'WARM_UP_TOO_SHORT',
  /** The sets next to the chosen one do much worse. */
  'UNSTABLE_PARAMETERS',
  /** The Sharpe ratio is not beyond what the best of so many trials shows by luck. */
  'SELECTED_BY_LUCK',
  'FEW_ROUND_TRIPS',
  /** Most of the profit is one round trip. */
  'ONE_ROUND_TRIP',
  'NO_COSTS',
  /** A little more cost an execution takes all of the profit. */
  'THIN_EDGE',
  'ORDERS_REFUSED',
  /** Risk limits kept entries from the market. */
  'ENTRIES_DENIED',
  'SHORT_HISTORY',
  /** The market's own rise accounts for the return. */
  'EXPOSURE_EXPLAINS',
  'BEHIND_BENCHMARK',
  /** What was chosen in the sample earns much less out of it. */
  'WALK_FORWARD_WEAK',
  /** A loss lies within the bootstrap's interval of the return. */
  'LOSS_WITHIN_INTERVAL',
  /** Checks that run again would have taken too long. */
  'NOT_CHECKED',
  /** What the strategy says of its own preparation, such as the skill of the models it trained. */
  'STRATEGY_REMARK',
] as const;
export type CautionCode = (typeof CAUTION_CODES)[number];

/**
 * CRITICAL: the result says nothing. WARNING: it may well be luck or an artefact. INFO: it is to be read with this in
 * mind.
 */
export type CautionSeverity = 'CRITICAL' | 'WARNING' | 'INFO';

/** One thing held against a result, shown with it. */
export interface Caution {
  readonly code: CautionCode;
  readonly severity: CautionSeverity;
  /** For people: names the figure and the limit. */
  readonly message: string;
  /** The figures of the message, and the limit they are held against. */
  readonly values: Readonly<Record<string, number | string | null>>;
}

const RANK: Readonly<Record<CautionSeverity, number>> = { CRITICAL: 0, WARNING: 1, INFO: 2 };

/** The gravest first; within a severity in the order of the codes. */
export function inOrder(cautions: readonly Caution[]): Caution[] {
  return cautions.toSorted(
    (a, b) => RANK[a.severity] - RANK[b.severity] || CAUTION_CODES.indexOf(a.code) - CAUTION_CODES.indexOf(b.code),
  );
}
