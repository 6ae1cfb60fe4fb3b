import type { Refusal } from '../../domain/error-codes.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { BacktestReadModel } from '../../ports/backtest-reads.js';
import type { InstrumentStore } from '../../ports/bar-store.js';
import type { MonteCarloMethod, MonteCarloResult, MonteCarloRunner } from '../../ports/monte-carlo.js';

export interface MonteCarloCommand {
  readonly backtestId: string;
  readonly method: MonteCarloMethod;
  readonly paths: number;
  /** Days; null: from the autocorrelations of the returns. */
  readonly blockLength: number | null;
  readonly seed: number;
}

export interface MonteCarloOptions {
  readonly backtests: Pick<BacktestReadModel, 'backtest' | 'equity' | 'pnl'>;
  readonly instruments: Pick<InstrumentStore, 'instrument'>;
  readonly runner: MonteCarloRunner;
}

export const PATHS_MAX = 100_000;
const SEED_MAX = 2 ** 31 - 1;

/** Draws other histories from a stored backtest. */
export class RunMonteCarlo {
  private readonly options: MonteCarloOptions;

  constructor(options: MonteCarloOptions) {
    this.options = options;
  }

  /** Refuses UNKNOWN_BACKTEST, NO_RESULT, TOO_MANY_DRAWS, MONTE_CARLO_BUSY and INVALID_ARGUMENT. */
  async execute(command: MonteCarloCommand): Promise<Result<MonteCarloResult, Refusal>> {
    const { backtestId, method, paths, blockLength, seed } = command;
    const fault = faultOf(command);
    if (fault !== null) return err(fault);
    const { backtests, instruments, runner } = this.options;
    const backtest = await backtests.backtest(backtestId);
    if (backtest === null) {
      const message = `backtestId: there is no backtest ${backtestId}`;
      return err({ code: 'UNKNOWN_BACKTEST', message, path: ['backtestId'], value: backtestId });
    }
    const isOverReturns = method === 'STATIONARY' || method === 'CIRCULAR';
    const curve = backtest.status === 'DONE' && isOverReturns ? await backtests.equity(backtestId) : null;
    const pnl = backtest.status === 'DONE' && !isOverReturns ? await backtests.pnl(backtestId) : null;
    if (curve === null && pnl === null) {
      const message = `backtestId: the backtest is ${backtest.status} and has no result`;
      return err({ code: 'NO_RESULT', message, path: ['backtestId'], value: backtest.status });
    }
    const found = await Promise.all(backtest.symbols.map((symbol) => instruments.instrument(symbol)));
    const none = new Float64Array(0);
    const drawn = await runner.run({
      method,
      paths,
      blockLength,
      seed,
      startingCash: backtest.options.initialCapital,
      calendar: found.every((instrument) => instrument?.calendar === 'us-equity') ? 'us-equity' : 'crypto',
      timeframe: backtest.timeframe,
      times: curve?.times ?? none,
      equity: curve?.equity ?? none,
      pnl: pnl ?? none,
    });
    if (drawn.ok) return ok(drawn.value);
    const [field = 'backtestId'] = drawn.error.message.split(':');
    return err({ ...drawn.error, path: [field] });
  }
}

const refuse = (field: string, message: string, limit: number, value: number): Refusal => ({
  code: 'INVALID_ARGUMENT',
  message: `${field}: ${message}`,
  path: [field],
  limit,
  value,
});

function faultOf({ method, paths, blockLength, seed }: MonteCarloCommand): Refusal | null {
  if (paths < 1 || paths > PATHS_MAX) {
    return refuse('paths', `${paths} is not between 1 and ${PATHS_MAX}`, PATHS_MAX, paths);
  }
  if (seed < 0 || seed > SEED_MAX) {
    return refuse('seed', `${seed} is not a whole number from 0 to ${SEED_MAX}`, SEED_MAX, seed);
  }
  if (blockLength === null) return null;
  if (method === 'SHUFFLE' || method === 'RESAMPLE') {
    return refuse('blockLength', 'round trips are drawn one by one, without blocks', 1, blockLength);
  }
  return Number.isFinite(blockLength) && blockLength >= 1
    ? null
    : refuse('blockLength', `${blockLength} is not a number of 1 or more`, 1, blockLength);
}
