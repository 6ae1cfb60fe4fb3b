import type { BacktestSpec } from '../../domain/backtest.js';
import type { Refusal } from '../../domain/error-codes.js';
import type { Instrument } from '../../domain/instrument.js';
import { err, ok, type Result } from '../../domain/result.js';
import { parseParameters } from '../../engines/strategies/parameters.js';
import type { BacktestStore } from '../../ports/backtest-store.js';
import type { BarStore, InstrumentStore } from '../../ports/bar-store.js';
import type { Logger } from '../../ports/logger.js';
import type { UnitOfWork } from '../../ports/unit-of-work.js';
import { commandDigest, type RunBacktestCommand } from './backtest-command.js';
import { backtestEvent } from './backtest-event.js';
import { checkBars } from './check-bars.js';
import { checkCommand } from './check-command.js';
import type { StrategyEntry, StrategyLibrary } from './strategy-library.js';

export interface RunBacktestOptions {
  readonly store: BacktestStore;
  readonly bars: Pick<BarStore, 'aggregated'>;
  readonly instruments: Pick<InstrumentStore, 'instrument'>;
  readonly strategies: StrategyLibrary;
  readonly unitOfWork: UnitOfWork;
  readonly logger: Logger;
  /** Queues the job that executes it. */
  readonly enqueue: (backtestId: string) => Promise<void>;
  readonly newId: () => string;
}

type Refused = readonly Refusal[];

/**
 * Takes a backtest on: everything that can be judged before it runs is judged here, then it is stored with its first
 * event, then queued. Idempotent by `clientRequestId` where one is given.
 */
export class RunBacktest {
  private readonly options: RunBacktestOptions;

  constructor(options: RunBacktestOptions) {
    this.options = options;
  }

  /** Refuses with every fault of the input that can be told from the others. */
  async execute(command: RunBacktestCommand): Promise<Result<{ readonly backtestId: string }, Refused>> {
    const faults = checkCommand(command);
    if (faults.length > 0) return err(faults);
    const inputDigest = commandDigest(command);
    const { clientRequestId, name } = command;
    if (clientRequestId !== null) {
      const earlier = await this.earlier(clientRequestId, inputDigest);
      if (earlier !== null) return earlier;
    }
    const spec = await this.specOf(command);
    if (!spec.ok) return spec;
    const { store, unitOfWork, newId } = this.options;
    const id = newId();
    const created = await unitOfWork.transaction(async (tx) => {
      const state = await store.create(tx, { id, name, clientRequestId, inputDigest, spec: spec.value });
      if (state !== null) tx.append(backtestEvent(state));
      return state !== null;
    });
    // Somebody was quicker with the same request id.
    if (!created) return (await this.earlier(clientRequestId ?? '', inputDigest)) ?? this.execute(command);
    await this.queue(id);
    return ok({ backtestId: id });
  }

  private async earlier(
    clientRequestId: string,
    inputDigest: string,
  ): Promise<Result<{ readonly backtestId: string }, Refused> | null> {
    const earlier = await this.options.store.byClientRequestId(clientRequestId);
    if (earlier === null) return null;
    if (earlier.inputDigest === inputDigest) return ok({ backtestId: earlier.id });
    const message = `clientRequestId: "${clientRequestId}" is that of backtest ${earlier.id}, which has another input`;
    const path = ['input', 'clientRequestId'];
    return err([{ code: 'CLIENT_REQUEST_ID_REUSED', message, path, value: clientRequestId }]);
  }

  /** What would be run: everything of the command checked against strategies, instruments and bars, nothing stored. */
  async specOf(command: RunBacktestCommand): Promise<Result<BacktestSpec, Refused>> {
    const { strategies } = this.options;
    const symbols = [...new Set(command.symbols)].toSorted();
    const found = await strategies.find(command.strategy);
    const strategy = found.ok ? readParams(found.value, command.params) : err([inField('strategy', found.error)]);
    const known = await this.checkInstruments(symbols);
    if (!strategy.ok) return err([...strategy.error, ...known]);
    if (known.length > 0) return err(known);
    const { reference, params, warmUpBars } = strategy.value;
    const { timeframe, from, to, profile, options, seed, deadlineSeconds } = command;
    const series = { symbols, timeframe, from, to };
    // As in backtesting.py there always is a bar before the first decision.
    const before = profile === 'backtesting.py' ? Math.max(1, warmUpBars) : warmUpBars;
    const short = await checkBars(this.options.bars, series, before);
    if (short.length > 0) return err(short);
    return ok({ strategy: command.strategy, reference, params, ...series, profile, options, seed, deadlineSeconds });
  }

  private async checkInstruments(symbols: readonly string[]): Promise<Refused> {
    const instruments: Instrument[] = [];
    const unknown: Refusal[] = [];
    for (const symbol of symbols) {
      const instrument = await this.options.instruments.instrument(symbol);
      if (instrument === null) unknown.push(inField('symbols', unknownSymbol(symbol)));
      else instruments.push(instrument);
    }
    const currencies = [...new Set(instruments.map(({ currency }) => currency))];
    if (unknown.length > 0 || currencies.length < 2) return unknown;
    const message = `symbols: they are quoted in ${currencies.join(' and ')}, and one account holds one currency`;
    return [inField('symbols', { code: 'CURRENCY_MISMATCH', message, value: currencies.join(', ') })];
  }

  private async queue(id: string): Promise<void> {
    try {
      await this.options.enqueue(id);
    } catch (error) {
      // It is stored: whoever works on backtests queues it again within a minute.
      this.options.logger.warn({ backtest: id, err: error }, 'a backtest could not be queued yet');
    }
  }
}

interface Parametrized {
  readonly reference: StrategyEntry['reference'];
  readonly params: BacktestSpec['params'];
  readonly warmUpBars: number;
}

/** Checks the values and asks the strategy how many bars it needs; a strategy of the user's may throw at that. */
function readParams(entry: StrategyEntry, given: Readonly<Record<string, unknown>>): Result<Parametrized, Refused> {
  const { definition, reference } = entry;
  try {
    const parsed = parseParameters(definition.parameters, given, definition.checkTogether?.bind(definition));
    if (!parsed.ok) {
      const { code, message, parameter } = parsed.error;
      const path = parameter === null ? ['input', 'params'] : ['input', 'params', parameter];
      return err([{ code, message: `params: ${message}`, path }]);
    }
    const params = parsed.value as BacktestSpec['params'];
    return ok({ reference, params, warmUpBars: definition.warmUpBars(parsed.value) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `strategy: ${definition.name} failed at its parameters: ${reason.slice(0, 500)}`;
    return err([inField('strategy', { code: 'STRATEGY_FAILED', message, value: definition.name })]);
  }
}

const inField = (field: string, refusal: Refusal): Refusal => ({ ...refusal, path: ['input', field] });

const unknownSymbol = (symbol: string): Refusal => ({
  code: 'UNKNOWN_SYMBOL',
  message: `symbols: no instrument ${symbol} is known here; the query symbols lists those that are, trackSymbol adds one`,
  value: symbol,
});
