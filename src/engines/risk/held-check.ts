import type { DenialCode, RiskCheck } from '../../domain/risk-decision.js';
import { moneyToText, stepsToText } from '../portfolio/decimal-text.js';
import type { InstrumentScale } from '../portfolio/instrument-scale.js';

/** What the numbers of a check count. */
export type CheckUnit = 'LOTS' | 'TICKS' | 'CENTS' | 'PLAIN';

/** One rule that an intent was held against, in whole numbers of its unit. */
export interface HeldCheck {
  readonly code: DenialCode;
  readonly passed: boolean;
  /** The bound; null where the rule is a yes or no. */
  readonly limit: number | null;
  /** In words where the rule is a yes or no. */
  readonly value: number | string;
  /** What was left of the bound before this order. */
  readonly headroom: number | null;
  readonly unit: CheckUnit;
}

/** A rule for a yes or no. */
export const demand = (code: DenialCode, passed: boolean, value: string): HeldCheck => ({
  code,
  passed,
  limit: null,
  value,
  headroom: null,
  unit: 'PLAIN',
});

/** A rule with an upper bound. */
export const atMost = (
  code: DenialCode,
  value: number,
  limit: number,
  used: number,
  unit: CheckUnit = 'PLAIN',
): HeldCheck => ({ code, passed: used + value <= limit, limit, value: used + value, headroom: limit - used, unit });

/** A rule with a lower bound. */
export const atLeast = (code: DenialCode, value: number, limit: number, unit: CheckUnit): HeldCheck => ({
  code,
  passed: value >= limit,
  limit,
  value,
  headroom: null,
  unit,
});

/** The check with its amounts as decimal text, for the record. */
export function riskCheckOf(held: HeldCheck, scale: InstrumentScale): RiskCheck {
  const { code, passed, limit, value, headroom } = held;
  const text = (amount: number): string => amountText(amount, held.unit, scale);
  return {
    code,
    passed,
    limit: limit === null ? null : text(limit),
    value: typeof value === 'string' ? value : text(value),
    headroom: headroom === null ? null : text(headroom),
  };
}

function amountText(amount: number, unit: CheckUnit, scale: InstrumentScale): string {
  switch (unit) {
    case 'LOTS':
      return stepsToText(amount, scale.lotSize);
    case 'TICKS':
      return stepsToText(amount, scale.tickSize);
    case 'CENTS':
      return moneyToText(amount, scale.moneyIncrement);
    case 'PLAIN':
      return String(amount);
  }
}
