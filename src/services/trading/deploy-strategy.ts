import type { StrategyParams } from '../../domain/backtest.js';
import type { Refusal } from '../../domain/error-codes.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { Timeframe } from '../../domain/timeframe.js';
import { parseParameters } from '../../engines/strategies/parameters.js';
import type { StrategyDefinition } from '../../engines/strategies/strategy.js';
import type { BarStore, InstrumentStore } from '../../ports/bar-store.js';
import type { DeploymentStore } from '../../ports/deployment-store.js';
import type { StrategyEntry, StrategyLibrary } from '../backtesting/strategy-library.js';
import type { TradingDesk } from './books-by-hand.js';

export interface DeployStrategyCommand {
  readonly strategy: string;
  /** From outside: anything may be in it. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly symbols: readonly string[];
  /** An account that nothing trades yet; null opens one of its own. */
  readonly accountId: string | null;
}

export interface DeployStrategyOptions {
  readonly desk: TradingDesk;
  readonly deployments: DeploymentStore;
  readonly strategies: Pick<StrategyLibrary, 'find'>;
  readonly bars: Pick<BarStore, 'lastBars'>;
  readonly instruments: Pick<InstrumentStore, 'tracked'>;
  /** Opens a paper account of the default cash, and answers its id. */
  readonly openAccount: (name: string) => Promise<string>;
}

type Refused = readonly Refusal[];

/** Warm-ups of history that a strategy is shown: what averages remember of their first bar is gone by then. */
const WARM_UPS = 10;
const HISTORY_BARS_MIN = 250;
const HISTORY_BARS_MAX = 100_000;
export const DEPLOYED_SYMBOLS_MAX = 50;
/** Characters of the id that tell a source from others of the same strategy. */
const SOURCE_ID_LENGTH = 8;

/** Lets a strategy trade on a paper account from its next bar on: the same strategy that a backtest runs. */
export class DeployStrategy {
  constructor(private readonly options: DeployStrategyOptions) {}

  /** Refuses with every fault of the input that can be told from the others. */
  async execute(command: DeployStrategyCommand): Promise<Result<{ readonly deploymentId: string }, Refused>> {
    const { strategies, desk, deployments, openAccount } = this.options;
    const found = deployable(await strategies.find(command.strategy));
    const parsed = found.ok ? paramsOf(found.value.definition, command.params) : err([at('strategy', found.error)]);
    const series = await this.seriesOf(command.symbols);
    if (!found.ok || !parsed.ok || !series.ok) return err([...faultsOf(parsed), ...faultsOf(series)]);
    const id = desk.newId();
    const source = `${command.strategy}@${id.slice(0, SOURCE_ID_LENGTH)}`;
    const accountId = command.accountId ?? (await openAccount(source));
    const { symbols, timeframe } = series.value;
    const warmUpBars = found.value.definition.warmUpBars(parsed.value as never);
    // Before the account is locked: a second connection is never asked for while one holds it.
    const warmFrom = await this.warmFrom(symbols, timeframe, warmUpBars, desk.clock.now());
    return desk.unitOfWork.transaction(async (tx) => {
      const locked = await desk.store.lock(tx, accountId);
      if (locked === null) {
        const message = `accountId: there is no account "${accountId}"`;
        return err([at('accountId', { code: 'UNKNOWN_ACCOUNT', message, value: accountId })]);
      }
      const { signalSource } = locked.account;
      if (signalSource !== null) {
        const message = `accountId: ${accountId} trades the signals of ${signalSource} already`;
        return err([at('accountId', { code: 'ACCOUNT_NOT_FREE', message, value: signalSource })]);
      }
      await deployments.begin(tx, {
        id,
        accountId,
        strategy: command.strategy,
        reference: found.value.reference,
        params: parsed.value,
        symbols,
        timeframe,
        source,
        warmFrom,
        tradeAfter: locked.asOf,
      });
      return ok({ deploymentId: id });
    });
  }

  /** Strategies decide on bars that come in: of tracked symbols, all in one timeframe. */
  private async seriesOf(
    given: readonly string[],
  ): Promise<Result<{ readonly symbols: readonly string[]; readonly timeframe: Timeframe }, Refused>> {
    const symbols = [...new Set(given)].toSorted();
    if (symbols.length < 1 || symbols.length > DEPLOYED_SYMBOLS_MAX) {
      const message = `symbols: ${symbols.length} are not between 1 and ${DEPLOYED_SYMBOLS_MAX}`;
      const limit = DEPLOYED_SYMBOLS_MAX;
      return err([at('symbols', { code: 'INVALID_ARGUMENT', message, limit, value: symbols.length })]);
    }
    const tracked = await this.options.instruments.tracked();
    const followed = tracked.filter(({ instrument }) => symbols.includes(instrument.symbol));
    const faults = symbols.flatMap((symbol) => {
      const series = followed.find(({ instrument }) => instrument.symbol === symbol);
      if (series !== undefined && series.endedAt === null) return [];
      const shown = symbol.slice(0, 40);
      const message = `symbols: ${shown} is not tracked, so no bars of it will come`;
      return [at('symbols', { code: 'NOT_TRACKED', message, value: shown })];
    });
    const timeframes = [...new Set(followed.map(({ timeframe }) => timeframe))];
    const [timeframe] = timeframes;
    if (faults.length > 0 || timeframe === undefined) return err(faults);
    if (timeframes.length === 1) return ok({ symbols, timeframe });
    const message = `symbols: they are tracked in ${timeframes.join(' and ')}, and a strategy follows one timeframe`;
    return err([at('symbols', { code: 'UNSUPPORTED_TIMEFRAME', message, value: timeframes.join(', ') })]);
  }

  /** Open time of the first bar to warm up on: fixed now, so that whoever takes over later begins at the same one. */
  private async warmFrom(
    symbols: readonly string[],
    timeframe: Timeframe,
    warmUpBars: number,
    until: number,
  ): Promise<number> {
    const count = Math.min(HISTORY_BARS_MAX, Math.max(HISTORY_BARS_MIN, warmUpBars * WARM_UPS));
    const firsts = await Promise.all(
      symbols.map(async (symbol) => (await this.options.bars.lastBars(symbol, timeframe, until, count)).timestamps[0]),
    );
    const known = firsts.filter((first) => first !== undefined);
    return known.length === 0 ? until : Math.min(...known);
  }
}

/** One that prepares itself needs all bars of its run at once: there are no such on paper. */
function deployable(found: Result<StrategyEntry, Refusal>): Result<StrategyEntry, Refusal> {
  if (!found.ok || found.value.definition.prepare === undefined) return found;
  const { name } = found.value.definition;
  const message = `strategy: ${name} prepares itself on all bars of a backtest, and cannot follow bars as they come in`;
  return err({ code: 'STRATEGY_NOT_DEPLOYABLE', message, value: name });
}

function paramsOf(
  definition: StrategyDefinition,
  given: DeployStrategyCommand['params'],
): Result<StrategyParams, Refused> {
  const parsed = parseParameters(definition.parameters, given, definition.checkTogether?.bind(definition));
  if (parsed.ok) return parsed;
  const { code, message, parameter } = parsed.error;
  return err([{ code, message, path: ['input', 'params', ...(parameter === null ? [] : [parameter])] }]);
}

const at = (field: string, refusal: Refusal): Refusal => ({ ...refusal, path: ['input', field] });
const faultsOf = <T>(result: Result<T, Refused>): Refused => (result.ok ? [] : result.error);
