import type { DenialCode, RiskCheck } from '../../domain/risk-decision.js';
import { invariant } from '../../domain/result.js';
import { checkFacts, checkGates } from './checks.js';
import { CheckList, riskCheckOf } from './held-check.js';
import type { RiskLimits } from './limits.js';
import { increasesExposure, type OrderIntent } from './order-intent.js';
import { reserveCents, reservePriceTicks } from './reserve.js';
import type { RiskView } from './risk-view.js';

/** Not exported: nobody outside this file can make a `RiskApproved` value. */
const riskApproved: unique symbol = Symbol('risk-approved');

/** Something that passed every check. Orders are made of nothing else. */
export interface RiskApproved<T> {
  readonly [riskApproved]: true;
  readonly approved: true;
  readonly intent: T;
  /** Cash to set aside, fee included; 0 for an exit. */
  readonly reservedCents: number;
  /** The price it is set aside at; null for an exit. */
  readonly reservePriceTicks: number | null;
  readonly checks: readonly RiskCheck[];
}

export interface Denied {
  readonly approved: false;
  readonly intent: OrderIntent;
  /** The first check that failed, in the order of `checks`. */
  readonly code: DenialCode;
  readonly limit: string | null;
  readonly value: string;
  readonly headroom: string | null;
  readonly checks: readonly RiskCheck[];
}

/**
 * Holds an intent against every rule that applies to it. Exits are held against facts only (is it held, are bars
 * coming), never against gates. Later checks are left out only where they have no meaning (no market, no countable
 * quantity).
 * @param withChecks false: the outcome says no more than its code. Amounts as text cost more than all the rules.
 */
export function approve(
  intent: OrderIntent,
  view: RiskView,
  limits: RiskLimits,
  withChecks = true,
): RiskApproved<OrderIntent> | Denied {
  invariant(intent.symbol === view.scale.symbol, 'the view is of the symbol of the intent');
  const checks = new CheckList(withChecks);
  const countable = checkFacts(checks, intent, view, limits);
  const { market } = view;
  let reservedCents = 0;
  let priceTicks: number | null = null;
  if (market !== null && countable && increasesExposure(intent)) {
    priceTicks = reservePriceTicks(intent, market.lastTicks, limits.collarFraction);
    reservedCents = reserveCents(view.scale, priceTicks, intent.lots, view.feeBps, view.margin);
    checkGates(checks, intent, view, market, limits, reservedCents);
  }
  const code = checks.failedCode;
  const texts = checks.held === null ? NO_CHECKS : checks.held.map((check) => riskCheckOf(check, view.scale));
  if (code !== null) {
    const { limit, value, headroom } = texts.find((check) => !check.passed) ?? WITHOUT_AMOUNTS;
    return { approved: false, intent, code, limit, value, headroom, checks: texts };
  }
  return { [riskApproved]: true, approved: true, intent, reservedCents, reservePriceTicks: priceTicks, checks: texts };
}

const NO_CHECKS: readonly RiskCheck[] = [];
const WITHOUT_AMOUNTS = { limit: null, value: '', headroom: null };
