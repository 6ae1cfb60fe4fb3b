import type { KnownAction } from '../../domain/account-action.js';
import type { AccountState } from '../../domain/account-state.js';
import type { CorporateAction } from '../../domain/corporate-action.js';
import type { SliceBar } from './slice.js';

/** An action as it applies to what an account holds. */
export interface HoldingAction extends Pick<CorporateAction, 'symbol' | 'exDate' | 'kind'> {
  /** New units for one old, or cash a unit as it is held when it is booked. */
  readonly value: number;
  /** Open time of the first bar without it that the account acts on. */
  readonly barTimestamp: number;
}

/** What is booked before the bars of a slice. */
export interface SliceActions {
  /** On what is held and ordered: by symbol, then ex-date, splits first. */
  readonly due: readonly HoldingAction[];
  /** Too late to be booked: bars without them were acted on before they were known. */
  readonly late: readonly HoldingAction[];
  /** Splits between a symbol's last bar that the account knows and this one: new units for one old. */
  readonly markets: readonly { readonly symbol: string; readonly ratio: number }[];
}

export const NO_ACTIONS: SliceActions = { due: [], late: [], markets: [] };

const DAY_MS = 86_400_000;

/** What of an account an action of a symbol is about. */
type Concerned = Pick<AccountState, 'positions' | 'markets' | 'orders' | 'asOf'>;

/** True when an ex-date may lie between what the account has seen of the bar's symbol and the bar: ex-dates are midnights. */
export function mayPassExDate(state: Concerned, bar: SliceBar, hasOrders: boolean): boolean {
  const market = state.markets.get(bar.symbol);
  const until = Math.max(bar.timestamp, finite(bar.pricedAt ?? bar.timestamp, bar.timestamp));
  const seen: number[] = [];
  if (market !== undefined && market.pricedAt < Infinity) seen.push(market.pricedAt);
  // What closed at midnight has seen nothing of the new day.
  if (hasOrders || state.positions.has(bar.symbol)) seen.push(seenUntil(state, bar.symbol) - 1);
  return seen.length > 0 && Math.floor(until / DAY_MS) > Math.floor(Math.min(...seen) / DAY_MS);
}

/**
 * Sorts the actions of a bar's symbol: due before this bar, or too late. Due is what has its ex-date after the last bar that the
 * account has acted on, and at or before this one. A split counts from where it is in the prices, a dividend from its day.
 * @param actions of the symbol, by ex-date, splits first
 */
export function planActions(
  state: Concerned,
  bar: SliceBar,
  actions: readonly KnownAction[],
  hasOrders: boolean,
): SliceActions {
  const { symbol } = bar;
  const pricedAt = bar.pricedAt ?? bar.timestamp;
  const seen = seenUntil(state, symbol);
  const concerns = hasOrders || (state.positions.get(symbol)?.lots ?? 0) > 0;
  const due: HoldingAction[] = [];
  const late: HoldingAction[] = [];
  for (const action of actions) {
    const { kind, exDate } = action;
    // Prices that contain every split for good: nothing in their scale is ever split.
    const splitsAreInside = pricedAt === Infinity;
    if (action.isTaken || (kind === 'SPLIT' && splitsAreInside)) continue;
    const value = kind === 'SPLIT' ? action.value : action.value * dividendScale(action, actions, splitsAreInside);
    const applied = { symbol, exDate, kind, value, barTimestamp: bar.timestamp };
    if (exDate < seen) {
      if (action.wasHeld) late.push(applied);
    } else if (concerns && exDate <= (kind === 'SPLIT' ? pricedAt : bar.timestamp)) due.push(applied);
  }
  const ratio = marketRatio(state, symbol, pricedAt, actions);
  return { due, late, markets: ratio === 1 ? [] : [{ symbol, ratio }] };
}

/** Close of the last bar of a symbol that an account has acted on: a position is marked at each. */
function seenUntil({ positions, markets, asOf }: Concerned, symbol: string): number {
  return positions.get(symbol)?.updatedAt ?? Math.min(asOf, markets.get(symbol)?.lastCloseTime ?? asOf);
}

function marketRatio(state: Concerned, symbol: string, pricedAt: number, actions: readonly KnownAction[]): number {
  const before = state.markets.get(symbol)?.pricedAt ?? Infinity;
  if (pricedAt === Infinity) return 1;
  let ratio = 1;
  for (const { kind, exDate, value } of actions) {
    if (kind === 'SPLIT' && exDate > before && exDate <= pricedAt) ratio *= value;
  }
  return ratio;
}

/** From cash a share of the dividend's basis to cash a unit of the account. */
function dividendScale(
  { basis, exDate }: CorporateAction,
  actions: readonly CorporateAction[],
  splitsAreInside: boolean,
): number {
  if ((basis === 'SPLIT') === splitsAreInside) return 1;
  let later = 1;
  for (const { kind, exDate: date, value } of actions) if (kind === 'SPLIT' && date > exDate) later *= value;
  return splitsAreInside ? 1 / later : later;
}

const finite = (value: number, otherwise: number): number => (Number.isFinite(value) ? value : otherwise);
