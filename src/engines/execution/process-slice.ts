import type { AccountState } from '../../domain/account-state.js';
import type { TradingEvent } from '../../domain/trading-event.js';
import type { TradingSettings } from './trading-settings.js';
import { DAY_MS, dayStartOf } from './valuation.js';
import { invariant } from '../../domain/result.js';
import { nearestTicks } from '../portfolio/instrument-scale.js';
import { mark } from '../portfolio/position.js';
import { AccountDraft } from './account-draft.js';
import type { AccountView } from './account-view.js';
import { actOnSignals } from './act-on-signals.js';
import type { BarContext } from './bar-context.js';
import { expireEnded, expireSessions } from './expire-orders.js';
import { fillAtClose } from './fill-at-close.js';
import { fillProtection } from './fill-protection.js';
import { fillWaitingOrders } from './fill-waiting-orders.js';
import { chargeBorrowing, holdMargin } from './hold-margin.js';
import { afterBar, barBudgetLots, barTicks } from './market-state.js';
import { NO_ACTIONS, type SliceActions } from './plan-actions.js';
import type { Slice, SliceBar, SliceSignal } from './slice.js';
import { takeActions } from './take-actions.js';
import { VolumeBudget } from './volume-budget.js';

export interface SliceOutcome {
  readonly state: AccountState;
  readonly events: readonly TradingEvent[];
}

/**
 * A strategy at work: asked once a slice, after its fills and marks, for signals beyond those that the slice brings.
 * They are acted on in the same slice.
 */
export type AskStrategy = (account: AccountView) => readonly SliceSignal[];

/**
 * Moves one account over one time slice: fills of waiting orders, then stops and targets, then marks, then signals ->
 * sizing -> risk -> orders. Pure and deterministic: the same state, slice, settings and decisions give the same events,
 * ids included. Live trading, paper and the backtest run this one function. A slice without bars may repeat the
 * account's time (a series that ended); one with bars must be later. Splits and dividends are booked before the bars.
 */
export function processSlice(
  state: AccountState,
  slice: Slice,
  settings: TradingSettings,
  askStrategy?: AskStrategy,
  actions: SliceActions = NO_ACTIONS,
): SliceOutcome {
  const draft = new AccountDraft(state, settings);
  if (actions !== NO_ACTIONS) {
    beginDay(draft, slice.time);
    takeActions(draft, actions, state.asOf);
  }
  advanceSlice(draft, slice, askStrategy);
  return { state: draft.finish(slice.time), events: draft.events };
}

/** `processSlice` on a draft that lives on: a backtest makes no new state a slice. */
export function advanceSlice(draft: AccountDraft, slice: Slice, askStrategy?: AskStrategy): void {
  const isNews = slice.time > draft.asOf;
  if (!isNews && (slice.bars.length > 0 || slice.time !== draft.asOf)) {
    invariant(false, `slice ${slice.time} after ${draft.asOf}`);
  }
  draft.asOf = slice.time;
  beginDay(draft, slice.time);
  acceptPending(draft, slice.time);
  expireSessions(draft, slice.time - 1);
  // Where orders fill at closes too, the two share the bar's volume.
  const contexts = draft.rules.tradeOnClose ? slice.bars.map((bar) => contextOf(draft, bar)) : NO_CONTEXTS;
  slice.bars.forEach((bar, k) => {
    if (draft.orders.size > 0) fillWithin(draft, contexts[k] ?? contextOf(draft, bar));
  });
  for (const bar of slice.bars) markAt(draft, bar, slice.time);
  expireSessions(draft, slice.time);
  for (const series of slice.ended) expireEnded(draft, series, slice.time);
  holdMargin(draft, slice);
  actOnSignals(draft, slice, slice.signals);
  if (askStrategy !== undefined) actOnSignals(draft, slice, askStrategy(draft));
  for (const context of contexts) fillAtClose(draft, context);
}

/** The day's loss is measured against the equity at the last slice of the day before. */
export function beginDay(draft: AccountDraft, time: number): void {
  const start = dayStartOf(time);
  if (start <= draft.day.start) return;
  chargeBorrowing(draft, (start - draft.day.start) / DAY_MS);
  draft.day = { start, startEquityCents: draft.equityCents };
}

/** The paper broker accepts whatever was stored; an order that nobody accepted yet must not miss its bar. */
export function acceptPending(draft: AccountDraft, at: number): void {
  for (const order of draft.orders.values()) {
    if (order.status === 'PENDING') draft.change(order.id, { status: 'ACCEPTED' }, Math.max(at, order.decidedAt));
  }
}

const NO_CONTEXTS: readonly BarContext[] = [];

function contextOf(draft: AccountDraft, bar: SliceBar): BarContext {
  const instrument = draft.instrument(bar.symbol);
  return {
    bar,
    instrument,
    ticks: barTicks(instrument, bar),
    budget: new VolumeBudget(barBudgetLots(instrument, draft.markets.get(bar.symbol), bar)),
    enteredInside: new Map(),
  };
}

function fillWithin(draft: AccountDraft, context: BarContext): void {
  fillWaitingOrders(draft, context);
  fillProtection(draft, context);
}

function markAt(draft: AccountDraft, bar: SliceBar, at: number): void {
  const instrument = draft.instrument(bar.symbol);
  const close = nearestTicks(instrument.scale, bar.close);
  draft.markets.set(bar.symbol, afterBar(draft.markets.get(bar.symbol), bar, close));
  const position = draft.positions.get(bar.symbol);
  if (position !== undefined) draft.positions.set(bar.symbol, mark(position, instrument.scale, close, at));
}
