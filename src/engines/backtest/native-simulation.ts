import { AccountDraft, type DraftRecord } from '../execution/account-draft.js';
import { CASH_RULES } from '../execution/trading-rules.js';
import type { ParameterDeclarations, ParameterValues } from '../strategies/parameters.js';
import type { StrategyDefinition, StrategyRun } from '../strategies/strategy.js';
import { StrategyMarket, strategySetupOf } from './market.js';
import { closeTimesOf } from './native-close-times.js';
import { assertNativeOptions, openingState, tradingSettingsOf, type NativeOptions } from './native-options.js';
import { NativeRun } from './native-run.js';
import type { NativeObserver } from './native-slices.js';
import { NativeTrack } from './native-track.js';
import { prepareBars, type PreparedBars } from './prepared-bars.js';
import { SimulationError, strategyFailed } from './simulation-error.js';
import type { SimulationBars, SimulationHooks, SimulationResult } from './simulation.js';
import { epochIndicatorsOf } from './split-epochs.js';

/**
 * Runs a strategy over bars under the native profile: through the engine of live paper trading, with its fills, risk,
 * sizing and booking. Instants are merged by close time; at each, first what waits is filled and what is held is marked,
 * then the strategy decides, and what it decides is acted on in the same slice.
 * @param values checked parameter values (`parseParameters`)
 * @param prepared what runs over the same bars share; made from `bars` when left out
 * @param observer is told of every event and state of the account, for a comparison with live trading
 * @throws SimulationError for options, bars or a strategy that it cannot run with
 */
export function simulateNative<D extends ParameterDeclarations>(
  bars: SimulationBars,
  strategy: StrategyDefinition<D>,
  values: ParameterValues<D>,
  options: NativeOptions,
  hooks?: SimulationHooks,
  prepared: PreparedBars = prepareBars(bars),
  observer?: NativeObserver,
): SimulationResult {
  const { series } = prepared;
  assertNativeOptions(
    options,
    series.map(({ symbol }) => symbol),
  );
  const settings = tradingSettingsOf(options);
  const { rules = CASH_RULES } = settings;
  const markets: StrategyMarket[] = [];
  const epochIndicators = epochIndicatorsOf(prepared);
  const tracks = series.map((columns, index) => {
    const { symbol, timeframe } = columns;
    const indicators = prepared.indicators[index];
    const traded = settings.instruments.get(symbol);
    if (indicators === undefined || traded === undefined) throw new RangeError(`${symbol} is not prepared`);
    const following = epochIndicators[index] ?? null;
    const actions = prepared.actions[index] ?? null;
    const market = new StrategyMarket(symbol, timeframe, columns, following ?? indicators);
    markets.push(market);
    const closeTimes = closeTimesOf(columns, traded.calendar, prepared);
    const booked = actions === null || following === null ? null : { prepared: actions, indicators: following };
    return new NativeTrack(market, columns, closeTimes, traded, rules, booked);
  });
  const decideFrom = firstDecisionTime(tracks, strategy.warmUpBars(values), strategy.name);
  const run = createdRun(strategy, values, markets);
  for (const track of tracks) track.skipBefore(bars.tradeFrom ?? -Infinity);
  const begin = Math.min(...tracks.map((track) => track.nextOpenTime));
  const state = openingState(options, strategy.name, begin);
  const draft = new AccountDraft(state, settings, options.accountId === null ? shortRecord() : undefined);
  const atWork = { run, name: strategy.name, decideFrom, timeInForce: options.timeInForce ?? 'GTC' };
  return new NativeRun(draft, tracks, atWork, options.finalizeTrades, observer ?? null).toEnd(hooks ?? null);
}

function createdRun<D extends ParameterDeclarations>(
  strategy: StrategyDefinition<D>,
  values: ParameterValues<D>,
  markets: readonly StrategyMarket[],
): StrategyRun {
  try {
    return strategy.create(strategySetupOf(markets), values);
  } catch (error) {
    throw strategyFailed(strategy.name, NaN, error);
  }
}

/** The first instant at which every symbol has bars beyond the warm-up. */
function firstDecisionTime(tracks: readonly NativeTrack[], warmUpBars: number, strategyName: string): number {
  let time = -Infinity;
  for (const { series, closeTimes } of tracks) {
    const ready = closeTimes[warmUpBars];
    if (ready === undefined) {
      const message = `${strategyName} warms up over ${warmUpBars} bars; ${series.symbol} has ${closeTimes.length}`;
      throw new SimulationError('FEWER_BARS_THAN_WARM_UP', message);
    }
    time = Math.max(time, ready);
  }
  return time;
}

/** For runs that nobody compares: deriving ids and writing out checks and bookings costs more than the trades. */
function shortRecord(): DraftRecord {
  let count = 0;
  return { newId: () => String((count += 1)), isFull: false };
}
