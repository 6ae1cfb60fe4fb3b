import type { Caution } from './caution.js';

/** What a run paid, and for what. Money in the account's currency. */
export interface CostFacts {
  /** Final equity less what the run began with. */
  readonly profit: number;
  /** Sum of the values of all executions. */
  readonly tradedValue: number;
  readonly commissions: number;
  readonly fillCount: number;
  readonly refusedCount: number;
  /** True when executions are priced beyond their reference: a spread or slippage above 0. */
  readonly hasPriceCosts: boolean;
}

/** Of the value of an execution: a retail order in a liquid stock costs about that in half the spread alone. */
const THIN_EDGE_BASIS_POINTS = 5;
/** Refused orders to fills. */
const MAX_REFUSED_SHARE = 0.1;

/** Costs that are none, a profit that a little more of them would take, and orders that were never filled. */
export function costCautions(facts: CostFacts): Caution[] {
  return [...noCosts(facts), ...thinEdge(facts), ...refusedOrders(facts)];
}

function noCosts({ commissions, fillCount, hasPriceCosts }: CostFacts): Caution[] {
  if (fillCount === 0 || commissions > 0 || hasPriceCosts) return [];
  const message = `${fillCount} fills cost nothing: commission, spread and slippage are 0. Trading is never free.`;
  return [{ code: 'NO_COSTS', severity: 'WARNING', message, values: { fills: fillCount, commissions, limit: 0 } }];
}

function thinEdge({ profit, tradedValue }: CostFacts): Caution[] {
  if (!(profit > 0) || !(tradedValue > 0)) return [];
  const breakEven = (profit / tradedValue) * 10_000;
  if (breakEven >= THIN_EDGE_BASIS_POINTS) return [];
  const message =
    `Costs higher by ${breakEven.toFixed(1)} basis points of each execution take all of the profit; ` +
    `at least ${THIN_EDGE_BASIS_POINTS} should be needed.`;
  const values = { breakEvenBasisPoints: breakEven, profit, tradedValue, limit: THIN_EDGE_BASIS_POINTS };
  return [{ code: 'THIN_EDGE', severity: 'WARNING', message, values }];
}

function refusedOrders({ refusedCount, fillCount }: CostFacts): Caution[] {
  const orders = refusedCount + fillCount;
  if (orders === 0 || refusedCount <= MAX_REFUSED_SHARE * orders) return [];
  const message =
    `${refusedCount} orders were refused or canceled for want of money, against ${fillCount} fills; more than ` +
    `${100 * MAX_REFUSED_SHARE} % is not the strategy as it was meant.`;
  const values = { refused: refusedCount, fills: fillCount, limit: MAX_REFUSED_SHARE };
  return [{ code: 'ORDERS_REFUSED', severity: 'WARNING', message, values }];
}
