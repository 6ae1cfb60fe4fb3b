import { invariant } from '../../domain/result.js';
import type { OrderState } from '../../domain/order-state.js';
import type { RunTrace } from '../../domain/run-trace.js';
import type { TradingEvent } from '../../domain/trading-event.js';
import type { NativeOptions } from '../backtest/native-options.js';
import { simulateNative } from '../backtest/native-simulation.js';
import type { SimulationBars } from '../backtest/simulation.js';
import { instrumentScale } from '../portfolio/instrument-scale.js';
import type { ParameterDeclarations, ParameterValues } from '../strategies/parameters.js';
import type { StrategyDefinition } from '../strategies/strategy.js';
import { equityPointsOf, recordsOfEvents, traceOfAccount } from './account-trace.js';

/** How an order stands at `until` where nothing has ended it yet. */
export const STILL_OPEN = 'OPEN';

/**
 * What a strategy does in a backtest over bars whose last ones close at `until`, as it would be compared with an account
 * that is still at work then: what only the end of the bars has ended counts as open.
 * @throws SimulationError
 */
export function traceOfBacktest<D extends ParameterDeclarations>(
  bars: SimulationBars,
  strategy: StrategyDefinition<D>,
  values: ParameterValues<D>,
  options: NativeOptions,
  until: number,
): RunTrace {
  const events: TradingEvent[] = [];
  const result = simulateNative(bars, strategy, values, options, undefined, undefined, {
    onEvents: (_time, seen) => events.push(...seen),
  });
  const scales = new Map(options.instruments.map((instrument) => [instrument.symbol, instrumentScale(instrument)]));
  const records = recordsOfEvents(events, equityPointsOf(result));
  const orders = [...records.orders].map((order) => asOf(order, until));
  return traceOfAccount('the backtest', { ...records, orders }, (symbol) => {
    const scale = scales.get(symbol);
    invariant(scale !== undefined, `${symbol} has an instrument`);
    return scale;
  });
}

function asOf(order: OrderState, until: number): OrderState {
  const isOpen = order.endedAt === null || (order.endReason === 'NO_MORE_BARS' && order.endedAt >= until);
  return isOpen ? { ...order, status: STILL_OPEN as never, endReason: null } : order;
}
