import type { DenialCode, RiskCheck } from '../../domain/risk-decision.js';
import { invariant } from '../../domain/result.js';
import { checkFacts, checkGates } from './checks.js';
import { riskCheckOf, type HeldCheck } from './held-check.js';
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
  /** Cash to set aside, fee included; 0 for a sale. */
  readonly reservedCents: number;
  /** The price it is set aside at; null for a sale. */
  readonly reservePriceTicks: number | null;
  /** As text: made when it is read, which a backtest does not. */
  readonly checks: readonly RiskCheck[];
}

/** Its texts are made when they are read. */
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
 */
export function approve(intent: OrderIntent, view: RiskView, limits: RiskLimits): RiskApproved<OrderIntent> | Denied {
  invariant(intent.symbol === view.scale.symbol, `view of ${view.scale.symbol} for an intent in ${intent.symbol}`);
  const checks = checkFacts(intent, view, limits);
  const countable = checks.every((check) => check.code !== 'QUANTITY_OUT_OF_RANGE' || check.passed);
  const { market } = view;
  if (market === null || !countable || !increasesExposure(intent)) return conclude(intent, checks, 0, null);
  checks.push(...checkGates(intent, view, market, limits));
  const price = reservePriceTicks(intent, market.lastTicks, limits.collarFraction);
  return conclude(intent, checks, reserveCents(view.scale, price, intent.lots, view.feeBps), price);
}

function conclude(
  intent: OrderIntent,
  held: readonly HeldCheck[],
  reservedCents: number,
  priceTicks: number | null,
): RiskApproved<OrderIntent> | Denied {
  const failed = held.find((check) => !check.passed);
  if (failed !== undefined) return denied(intent, failed, held);
  return {
    [riskApproved]: true,
    approved: true,
    intent,
    reservedCents,
    reservePriceTicks: priceTicks,
    get checks() {
      return held.map(riskCheckOf);
    },
  };
}

function denied(intent: OrderIntent, failed: HeldCheck, held: readonly HeldCheck[]): Denied {
  return {
    approved: false,
    intent,
    code: failed.code,
    get limit() {
      return riskCheckOf(failed).limit;
    },
    get value() {
      return riskCheckOf(failed).value;
    },
    get headroom() {
      return riskCheckOf(failed).headroom;
    },
    get checks() {
      return held.map(riskCheckOf);
    },
  };
}
