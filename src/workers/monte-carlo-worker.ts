import { parentPort, workerData } from 'node:worker_threads';
import { indexRun } from '../engines/metrics/run-index.js';
import { bootstrapCautions, bootstrapReturns } from '../engines/research/bootstrap-returns.js';
import { shuffleRoundTrips } from '../engines/research/shuffle-round-trips.js';
import type {
  FigureDistribution,
  MonteCarloOutcome,
  MonteCarloRequest,
  MonteCarloResult,
} from '../ports/monte-carlo.js';

const request = workerData as MonteCarloRequest;

/** Values drawn over all paths: a second or two. */
const DRAWS_MAX = 50_000_000;

function outcome(): MonteCarloOutcome {
  const isOverReturns = request.method === 'STATIONARY' || request.method === 'CIRCULAR';
  const values = isOverReturns ? dailyReturns() : request.pnl;
  const [least, what] = isOverReturns ? [2, 'daily returns'] : [1, 'round trips'];
  if (values.length < least) {
    const message = `backtestId: the backtest has ${values.length} ${what}, and ${least} are needed`;
    return { ok: false, error: { code: 'NO_RESULT', message, limit: least } };
  }
  const draws = values.length * request.paths;
  if (draws > DRAWS_MAX) {
    const message = `paths: ${request.paths} paths of ${values.length} ${what} are ${draws} draws; at most ${DRAWS_MAX} are made`;
    return { ok: false, error: { code: 'TOO_MANY_DRAWS', message, limit: DRAWS_MAX } };
  }
  const { blockLength } = request;
  if (isOverReturns && blockLength !== null && blockLength > values.length) {
    const message = `blockLength: ${blockLength} is more than the ${values.length} daily returns that there are`;
    return { ok: false, error: { code: 'INVALID_ARGUMENT', message, limit: values.length } };
  }
  return { ok: true, value: isOverReturns ? bootstrapped(values) : shuffled(values) };
}

/** Of the days of the run, as the statistics have them. */
function dailyReturns(): Float64Array {
  const { times, equity, startingCash } = request;
  if (times.length === 0) return new Float64Array(0);
  const { periodEnds } = indexRun(times, request);
  let before = startingCash;
  return Float64Array.from(periodEnds, (end) => {
    const after = equity[end] as number;
    const gain = after / before - 1;
    before = after;
    return gain;
  });
}

function bootstrapped(returns: Float64Array): MonteCarloResult {
  const { paths, seed, calendar } = request;
  const method = request.method === 'CIRCULAR' ? 'CIRCULAR' : 'STATIONARY';
  const periodsPerYear = calendar === 'us-equity' ? 252 : 365;
  const blockLength = request.blockLength ?? 'AUTOMATIC';
  const drawn = bootstrapReturns(returns, { method, blockLength, paths, seed, periodsPerYear });
  return {
    paths,
    length: returns.length,
    blockLength: drawn.blockLength,
    totalReturnPct: scaled(drawn.totalReturn, (fraction) => 100 * fraction),
    maxDrawdownPct: scaled(drawn.maxDrawdown, (fraction) => 100 * fraction),
    sharpe: drawn.sharpe,
    longestLosingStreak: null,
    lossShare: drawn.lossShare,
    ruinShare: null,
    cautions: bootstrapCautions(drawn),
  };
}

function shuffled(pnl: Float64Array): MonteCarloResult {
  const { paths, seed, startingCash } = request;
  const method = request.method === 'RESAMPLE' ? 'RESAMPLE' : 'SHUFFLE';
  const drawn = shuffleRoundTrips(pnl, { method, paths, seed, startingCash });
  return {
    paths,
    length: pnl.length,
    blockLength: null,
    totalReturnPct: scaled(drawn.finalEquity, (equity) => 100 * (equity / startingCash - 1)),
    maxDrawdownPct: scaled(drawn.maxDrawdown, (fraction) => 100 * fraction),
    sharpe: null,
    longestLosingStreak: drawn.longestLosingStreak,
    lossShare: null,
    ruinShare: drawn.ruinShare,
    cautions: [],
  };
}

const scaled = (figure: FigureDistribution, of: (value: number) => number): FigureDistribution => ({
  observed: of(figure.observed),
  mean: of(figure.mean),
  p1: of(figure.p1),
  p5: of(figure.p5),
  p25: of(figure.p25),
  p50: of(figure.p50),
  p75: of(figure.p75),
  p95: of(figure.p95),
  p99: of(figure.p99),
});

parentPort?.postMessage(outcome(), []);
