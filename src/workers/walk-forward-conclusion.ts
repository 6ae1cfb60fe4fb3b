import type { SimulationResult } from '../engines/backtest/simulation.js';
import { RoundTrips, type RoundTrip } from '../engines/backtest/round-trips.js';
import { nativeStatistics } from '../engines/metrics/native-statistics.js';
import { inOrder } from '../engines/research/caution.js';
import { alikePrepared } from '../engines/research/preparation-groups.js';
import { cautionsOfResult } from '../engines/research/result-cautions.js';
import type { WalkForwardWindow } from '../engines/research/walk-forward-plan.js';
import {
  chooseInSample,
  joinWalkForward,
  walkForwardCautions,
  type WalkForwardResult,
  type WalkForwardStep,
} from '../engines/research/walk-forward.js';
import type { SearchConclusion } from '../ports/search-runner.js';
import type { WalkForwardStepView } from '../domain/search.js';
import { benchmarkCloses } from './backtest-statistics.js';
import { hasPriceCosts } from './price-costs.js';
import type { SearchSimulation } from './search-simulation.js';

/** Trades what each window's sample chose, joins what came of it, and says what it was worth. */
export async function concludeWalkForward(
  search: SearchSimulation,
  windows: readonly WalkForwardWindow[],
  scores: Float64Array,
): Promise<SearchConclusion> {
  const { plan, run, times, calendar } = search;
  const { spec } = run;
  const cash = spec.options.initialCapital;
  const chosen = chooseInSample(windows, plan, scores, spec.direction);
  const traded = await tradeChosen(search, windows, chosen);
  const outside = traded.map(({ outOfSample }) => outOfSample);
  const runs = windows.map((window, index) => {
    const setIndex = chosen[index] ?? null;
    const inSampleScore = setIndex === null ? null : (scores[window.index * plan.length + setIndex] ?? null);
    return { window, setIndex, inSampleScore, inSample: null, outOfSample: null, ...traded[index] };
  });
  const joined = joinWalkForward(runs, plan, times, cash);
  const simulated = joinResults(joined, outside, cash);
  const closes = benchmarkCloses(run.series, joined.times, run.actions);
  const statistics = nativeStatistics(simulated, { ...calendar, startingEquity: cash, benchmarkCloses: closes });
  const cautions = inOrder([
    ...cautionsOfResult({
      statistics,
      pnl: simulated.roundTrips.column('pnl'),
      hasPriceCosts: hasPriceCosts(spec, run.instruments),
      // What lies out of the samples was not chosen from.
      trials: { count: 1, sharpeVariance: 0 },
    }),
    ...walkForwardCautions(joined),
  ]);
  const walkForward = {
    steps: joined.steps.map((step) => stepView(step, times)),
    efficiency: joined.efficiency,
    gainShare: joined.gainShare,
  };
  return {
    result: { bestParams: null, statistics: { ...statistics }, stability: null, cautions, walkForward },
    curve: { times: joined.times, equity: joined.equity },
  };
}

/** A window's runs of the set that was chosen; null where none was, and where one failed. */
interface TradedWindow {
  readonly inSample: SimulationResult | null;
  readonly outOfSample: SimulationResult | null;
}

/** Runs what was chosen, window by window; sets that are prepared alike one after another, so that each is prepared once. */
async function tradeChosen(
  search: SearchSimulation,
  windows: readonly WalkForwardWindow[],
  chosen: readonly (number | null)[],
): Promise<readonly TradedWindow[]> {
  const traded = windows.map((): TradedWindow => ({ inSample: null, outOfSample: null }));
  const sets = windows.map((_, index) => {
    const setIndex = chosen[index] ?? null;
    return setIndex === null ? null : search.plan.at(setIndex);
  });
  for (const index of alikePrepared(search.strategy, sets).flat()) {
    const [window, values] = [windows[index], sets[index] ?? null];
    if (window === undefined || values === null) continue;
    const { simulated: outOfSample } = await search.over(window.outOfSample, values);
    const { simulated: inSample } = await search.over(window.inSample, values);
    traded[index] = { inSample, outOfSample };
  }
  return traded;
}

function stepView(step: WalkForwardStep, times: Float64Array): WalkForwardStepView {
  const { inSample, outOfSample } = step.window;
  const { values: params, inSampleScore, inSampleGrowth, outOfSampleGrowth } = step;
  return {
    inSampleFrom: times[inSample.from] as number,
    inSampleTo: times[inSample.to - 1] as number,
    outOfSampleFrom: times[outOfSample.from] as number,
    outOfSampleTo: times[outOfSample.to - 1] as number,
    params,
    inSampleScore,
    inSampleGrowth,
    outOfSampleGrowth,
  };
}

/** The runs out of the samples as one: each scaled to the equity with which it would have begun. */
function joinResults(
  { steps, times, equity }: WalkForwardResult,
  outside: readonly (SimulationResult | null)[],
  cash: number,
): SimulationResult {
  const first = steps[0]?.window.outOfSample.from ?? 0;
  const roundTrips = new RoundTrips();
  const exposed = new Uint8Array(times.length);
  const sums = { commissions: 0, dividends: 0, tradedValue: 0, fillCount: 0, refusedCount: 0 };
  outside.forEach((result, index) => {
    const stretch = steps[index]?.window.outOfSample;
    if (result === null || stretch === undefined) return;
    const offset = stretch.from - first;
    const scale = (offset === 0 ? cash : (equity[offset - 1] as number)) / cash;
    for (const trip of tripsOf(result.roundTrips)) {
      roundTrips.add({
        ...trip,
        units: trip.units * scale,
        pnl: trip.pnl * scale,
        commission: trip.commission * scale,
        entryIndex: trip.entryIndex + offset,
        exitIndex: trip.exitIndex + offset,
      });
    }
    exposed.set(result.exposed.subarray(0, times.length - offset), offset);
    sums.commissions += result.commissions * scale;
    sums.dividends += result.dividends * scale;
    sums.tradedValue += result.tradedValue * scale;
    sums.fillCount += result.fillCount;
    sums.refusedCount += result.refusedCount;
  });
  return { times, closeTimes: times, equity, exposed, roundTrips, ...sums, firstDecisionIndex: 0 };
}

function* tripsOf(trips: RoundTrips): Iterable<RoundTrip> {
  for (let index = 0; index < trips.length; index += 1) yield trips.at(index);
}
