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

/**
 * The rules that an intent is held against, one after the other. Each is asked in any case and the first that fails is
 * known; what each was held against is kept only where somebody reads it.
 */
export class CheckList {
  /** Of the first rule that failed; null while all have passed. */
  failedCode: DenialCode | null = null;
  /** In the order in which they were asked; null where nobody reads them. */
  readonly held: HeldCheck[] | null;

  constructor(isKept: boolean) {
    this.held = isKept ? [] : null;
  }

  /** A rule for a yes or no. Words that cost something are given as a function. */
  demand(code: DenialCode, passed: boolean, value: string | (() => string)): void {
    if (!passed) this.failedCode ??= code;
    if (this.held === null) return;
    const words = typeof value === 'string' ? value : value();
    this.held.push({ code, passed, limit: null, value: words, headroom: null, unit: 'PLAIN' });
  }

  /** A rule with an upper bound. */
  atMost(code: DenialCode, value: number, limit: number, used: number, unit: CheckUnit = 'PLAIN'): void {
    this.bound(code, used + value <= limit, used + value, limit, limit - used, unit);
  }

  /** A rule with a lower bound. */
  atLeast(code: DenialCode, value: number, limit: number, unit: CheckUnit): void {
    this.bound(code, value >= limit, value, limit, null, unit);
  }

  /** A rule with a bound that is held otherwise. */
  bound(
    code: DenialCode,
    passed: boolean,
    value: number,
    limit: number,
    headroom: number | null,
    unit: CheckUnit,
  ): void {
    if (!passed) this.failedCode ??= code;
    this.held?.push({ code, passed, limit, value, headroom, unit });
  }
}

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
