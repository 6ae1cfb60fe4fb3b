import type { DenialCode, RiskCheck } from '../../domain/risk-decision.js';

/** One rule that an intent was held against, in numbers of the rule's own unit. */
export interface HeldCheck {
  readonly code: DenialCode;
  readonly passed: boolean;
  /** The bound; null where the rule is a yes or no. */
  readonly limit: number | null;
  /** In words where the rule is a yes or no. */
  readonly value: number | string;
  /** What was left of the bound before this order. */
  readonly headroom: number | null;
  readonly text: (amount: number) => string;
}

/** A rule for a yes or no. */
export const demand = (code: DenialCode, passed: boolean, value: string): HeldCheck => ({
  code,
  passed,
  limit: null,
  value,
  headroom: null,
  text: String,
});

/** A rule with an upper bound. */
export const atMost = (
  code: DenialCode,
  value: number,
  limit: number,
  used: number,
  text: (amount: number) => string,
): HeldCheck => ({ code, passed: used + value <= limit, limit, value: used + value, headroom: limit - used, text });

/** The check with its amounts as decimal text. */
export function riskCheckOf({ code, passed, limit, value, headroom, text }: HeldCheck): RiskCheck {
  return {
    code,
    passed,
    limit: limit === null ? null : text(limit),
    value: typeof value === 'string' ? value : text(value),
    headroom: headroom === null ? null : text(headroom),
  };
}
