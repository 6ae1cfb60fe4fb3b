import { stat } from 'node:fs/promises';
import { barCacheDirectory, CachedBarLoader } from '../../adapters/bar-cache/cached-bar-loader.js';
import { combinedDataHash, dataHash } from '../../adapters/bar-cache/data-hash.js';
import { atSessionOpen, calendarOf, readBarColumns } from '../../adapters/csv/read-bar-columns.js';
import type { Config } from '../../config/config.js';
import { readActionsFile } from '../../adapters/csv/read-actions.js';
import type { BarSeries } from '../../domain/bar.js';
import type { SeriesActions } from '../../domain/corporate-action.js';
import type { Instrument } from '../../domain/instrument.js';
import { BarFileError } from '../../ports/bar-file.js';
import { ActionFileError } from '../../ports/corporate-actions.js';
import { ExplainedError } from '../../roles/explained-error.js';
import type { Steps } from '../../roles/steps.js';
import { openRange } from '../../services/backtesting/bar-range.js';
import { loadActions } from '../../services/backtesting/load-actions.js';
import { fileInstrument } from '../file-instrument.js';
import { symbolOfFile, type BacktestFlags, type BacktestRequest } from './options.js';
import { NO_LEDGER, storedLedger, type TrialLedger } from './trial-ledger.js';

/** The bars of a run, one series a symbol in alphabetic order, and what they are of. */
export interface BacktestInput {
  readonly series: readonly BarSeries[];
  readonly instruments: readonly Instrument[];
  readonly dataHash: string;
  /** Splits and dividends of the symbols that have some. */
  readonly actions: readonly SeriesActions[];
  /** For people: where they come from. */
  readonly source: string;
  readonly ledger: TrialLedger;
  /** To be called once the run is over. */
  close(): Promise<void>;
}

/** Reads the bars of a request out of its files or of the database. @throws ExplainedError */
export async function loadInput(
  request: BacktestRequest,
  flags: BacktestFlags,
  config: Config,
  steps: Steps,
): Promise<BacktestInput> {
  const loaded =
    request.files.length > 0 ? await fromFiles(request, flags) : await fromDatabase(request, config, steps);
  const empty = loaded.series.find(({ timestamps }) => timestamps.length === 0);
  if (empty === undefined) return loaded;
  await loaded.close();
  throw new ExplainedError(`${empty.symbol} has no ${empty.timeframe} bars ${rangeText(request)}`);
}

async function fromFiles(request: BacktestRequest, flags: BacktestFlags): Promise<BacktestInput> {
  const { files } = request;
  const names = flags.symbol.length > 0 ? flags.symbol : null;
  const read = await Promise.all(
    files.map(async (file, index) => {
      return readFile(file, names?.[index] ?? symbolOfFile(file), request, flags);
    }),
  );
  const inOrder = read.toSorted((a, b) => (a.series.symbol < b.series.symbol ? -1 : 1));
  const [first] = inOrder;
  const other = inOrder.find(({ series }) => series.timeframe !== first?.series.timeframe);
  if (other !== undefined)
    throw new ExplainedError(
      `${other.series.symbol} has bars of ${other.series.timeframe}, ${first?.series.symbol} of ${first?.series.timeframe}: one run has one timeframe`,
    );
  const symbols = inOrder.map(({ series }) => series.symbol);
  return {
    series: inOrder.map(({ series }) => series),
    actions: await actionsOfFile(flags, symbols),
    instruments: inOrder.map(({ instrument }) => instrument),
    dataHash: combinedDataHash(inOrder.map(({ series }) => ({ symbol: series.symbol, dataHash: dataHash(series) }))),
    source: files.join(', '),
    ledger: NO_LEDGER,
    close: () => Promise.resolve(),
  };
}

/** Those of the symbols at hand; a file may hold others too. */
async function actionsOfFile({ actions: file, adjustment }: BacktestFlags, symbols: readonly string[]) {
  if (file === undefined) return [];
  try {
    const all = await readActionsFile(file);
    // A name that fits nothing would be a run without any, and nobody would know.
    if (!all.some(({ symbol }) => symbols.includes(symbol))) {
      throw new ExplainedError(`--actions: ${file} has no action of ${symbols.join(', ')}: name the bars by --symbol`);
    }
    return symbols.flatMap((symbol): SeriesActions[] => {
      const actions = all.filter((action) => action.symbol === symbol);
      return actions.length === 0 ? [] : [{ symbol, adjustment, actions }];
    });
  } catch (error) {
    if (error instanceof ActionFileError) throw new ExplainedError(`--actions: ${file}: ${error.message}`);
    const isFile = error instanceof Error && 'code' in error;
    if (isFile) throw new ExplainedError(`--actions: ${file} cannot be read (${error.message})`);
    throw error;
  }
}

async function readFile(file: string, symbol: string, request: BacktestRequest, flags: BacktestFlags) {
  const found = await stat(file).catch(() => null);
  if (found === null) throw new ExplainedError(`--bars: there is no file ${file}`);
  if (!found.isFile()) throw new ExplainedError(`--bars: ${file} is not a file`);
  const { timeframe, command } = request;
  try {
    const options = { symbol, timeframe, zone: flags.zone, now: Date.now() };
    const read = await readBarColumns(file, options);
    const assetClass = flags.assetClass ?? (calendarOf(read) === 'us-equity' ? 'EQUITY' : 'CRYPTO');
    const instrument = fileInstrument(symbol, assetClass);
    // The other program knows dates, not sessions.
    const isAtSession = command.profile === 'native' && instrument.calendar === 'us-equity';
    const series = isAtSession ? atSessionOpen(read) : read.series;
    return { series: within(series, openRange(command)), instrument };
  } catch (error) {
    if (error instanceof BarFileError) throw new ExplainedError(`--bars: ${file}: ${error.message}`);
    throw error;
  }
}

async function fromDatabase({ command }: BacktestRequest, config: Config, steps: Steps): Promise<BacktestInput> {
  const { openSharedStorage } = await import('../../roles/storage.js');
  const { PgBarHistory } = await import('../../adapters/postgres/bar-history.js');
  const { PgBacktestStore } = await import('../../adapters/postgres/backtest-store.js');
  const { PgUnitOfWork } = await import('../../adapters/postgres/transaction.js');
  const { PgCorporateActionStore } = await import('../../adapters/postgres/corporate-action-store.js');
  const { PgInstrumentStore } = await import('../../adapters/postgres/instrument-store.js');
  const storage = await openSharedStorage(config, steps);
  try {
    const { pool } = storage.database;
    const store = new PgInstrumentStore(pool);
    const loader = new CachedBarLoader({
      history: new PgBarHistory(pool),
      directory: barCacheDirectory(config.TRADEGRAPH_HOME),
    });
    const instruments: Instrument[] = [];
    const loaded: { series: BarSeries; symbol: string; dataHash: string }[] = [];
    for (const symbol of command.symbols) {
      const instrument = await store.instrument(symbol);
      if (instrument === null)
        throw new ExplainedError(
          `--symbol: no bars of ${symbol} are stored: load some by npx tradegraph import, or name a file by --bars`,
        );
      instruments.push(instrument);
      const bars = await loader.load({ symbol, timeframe: command.timeframe, ...openRange(command) });
      const series = command.profile === 'native' ? bars.series : atMidnight(bars.series);
      loaded.push({ series, symbol, dataHash: bars.dataHash });
    }
    const source = config.DATABASE_URL === undefined ? config.TRADEGRAPH_HOME : 'DATABASE_URL';
    const actions = await loadActions(new PgCorporateActionStore(pool), command);
    if (!actions.ok) throw new ExplainedError(actions.error.message.replace(/^symbols/, '--symbol'));
    const hash = combinedDataHash(loaded);
    return {
      series: loaded.map(({ series }) => series),
      instruments,
      dataHash: hash,
      actions: actions.value,
      source,
      ledger: storedLedger(new PgBacktestStore(pool), new PgUnitOfWork(pool), hash),
      close: () => storage.close(),
    };
  } catch (error) {
    await storage.close();
    throw error;
  }
}

const DAY_MS = 86_400_000;

/** The other program's daily bars are dates. */
function atMidnight(series: BarSeries): BarSeries {
  if (series.timeframe !== 'ONE_DAY') return series;
  return { ...series, timestamps: series.timestamps.map((time) => Math.floor(time / DAY_MS) * DAY_MS) };
}

function within(series: BarSeries, { from, to }: { readonly from: number; readonly to: number }): BarSeries {
  const { timestamps } = series;
  const first = timestamps.findIndex((time) => time >= from);
  const end = timestamps.findIndex((time) => time >= to);
  const [start, stop] = [first === -1 ? timestamps.length : first, end === -1 ? timestamps.length : end];
  if (start === 0 && stop === timestamps.length) return series;
  const cut = (column: Float64Array) => column.slice(start, stop);
  return {
    ...series,
    timestamps: cut(timestamps),
    opens: cut(series.opens),
    highs: cut(series.highs),
    lows: cut(series.lows),
    closes: cut(series.closes),
    volumes: cut(series.volumes),
  };
}

function rangeText({ command: { from, to } }: BacktestRequest): string {
  const start = from === null ? '' : ` from ${new Date(from).toISOString()}`;
  const end = to === null ? '' : ` before ${new Date(to).toISOString()}`;
  return start + end === '' ? 'at all' : `${start}${end}`.trim();
}
