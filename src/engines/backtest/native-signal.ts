import type { TimeInForce } from '../../domain/order.js';
import type { IdSource } from '../execution/account-draft.js';
import type { EntryTerms, SliceSignal } from '../execution/slice.js';
import type { OrderRequest } from '../strategies/strategy.js';
import type { StrategyMarket } from './market.js';

/** Who decides, and when. */
export interface DecisionContext {
  /** Name of the strategy: the signal's source. */
  readonly source: string;
  /** The instant of the decision, epoch milliseconds UTC. */
  readonly time: number;
  /** Of entries. */
  readonly timeInForce: TimeInForce;
  /** SELL means "be short" and EXIT "be flat"; left out, both are "be flat", as on paper. */
  readonly allowShort?: boolean;
  /** Of signals; null where nobody reads them. */
  readonly newId: IdSource | null;
}

const CLOSES = { closes: true } as const;

/**
 * What a strategy decided for a market, as a signal that trading acts on; null when it decided nothing. The market then
 * has no decision any more.
 * @throws RangeError for an entry with a limit and a stop
 */
export function takeSignal(market: StrategyMarket, context: DecisionContext): SliceSignal | null {
  const { source, time, timeInForce, newId } = context;
  const { decision, request, symbol, timeframe } = market;
  if (decision === null) return null;
  market.clearDecision();
  const goesShort = context.allowShort === true && decision === 'SELL';
  const isEntry = decision === 'BUY' || goesShort;
  const sign = goesShort ? -1 : 1;
  // Distances are measured from where the entry is to be: its own price, or the last close.
  const reference = request?.limit ?? request?.stop ?? market.close.now;
  const stopLoss = isEntry ? request?.stopLoss : undefined;
  const takeProfit = isEntry ? request?.takeProfit : undefined;
  const hasTerms = isEntry && (request !== null || timeInForce !== 'GTC');
  return {
    id: newId === null ? '' : newId('signal', source, symbol, timeframe, time),
    source,
    symbol,
    timeframe,
    timestamp: time,
    action: decision === 'BUY' ? 'BUY' : 'SELL',
    stopDistance: stopLoss === undefined ? null : sign * (reference - stopLoss),
    takeProfitDistance: takeProfit === undefined ? null : sign * (takeProfit - reference),
    entry: hasTerms ? entryTerms(symbol, request ?? {}, timeInForce) : null,
    ...(context.allowShort === true && decision === 'EXIT' ? CLOSES : {}),
  };
}

function entryTerms(symbol: string, request: OrderRequest, timeInForce: TimeInForce): EntryTerms {
  const { sizePct, units, limit, stop } = request;
  if (limit !== undefined && stop !== undefined) {
    throw new RangeError(`${symbol}: an entry has a limit (${limit}) or a stop (${stop}), not both`);
  }
  return {
    fraction: sizePct === undefined ? null : sizePct / 100,
    units: units ?? null,
    limitPrice: limit ?? null,
    stopPrice: stop ?? null,
    timeInForce,
  };
}
