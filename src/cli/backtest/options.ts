import type { BacktestCommission, BacktestProfileName } from '../../domain/backtest.js';
import type { Adjustment } from '../../domain/bar.js';
import type { AssetClass } from '../../domain/instrument.js';
import type { Timeframe } from '../../domain/timeframe.js';
import { checkCommand } from '../../services/backtesting/check-command.js';
import type { RunBacktestCommand } from '../../services/backtesting/backtest-command.js';
import { UsageError } from './usage-error.js';

/** The options as commander reads them: texts, still to be checked. */
export interface BacktestFlags {
  readonly symbol: readonly string[];
  readonly bars: readonly string[];
  readonly actions?: string;
  readonly adjustment: Adjustment;
  readonly from?: string;
  readonly to?: string;
  readonly timeframe?: Timeframe;
  readonly assetClass?: Extract<AssetClass, 'EQUITY' | 'CRYPTO' | 'FX'>;
  readonly zone: 'UTC' | 'America/New_York';
  readonly strategy?: string;
  readonly params: string;
  readonly cash: string;
  readonly commission?: string;
  readonly spread?: string;
  readonly slippageBps?: string;
  readonly margin?: string;
  readonly lotSize?: string;
  readonly volumeShare?: string;
  readonly maxPositionPct?: string;
  readonly sizePct?: string;
  readonly allowShort?: true;
  readonly maintenanceMargin?: string;
  readonly borrowRate?: string;
  readonly tradeOnClose?: true;
  readonly exclusiveOrders?: true;
  readonly finalizeTrades?: true;
  readonly profile: BacktestProfileName;
  readonly seed: string;
  readonly deadline: string;
  readonly json?: true;
  readonly report?: string;
  readonly equity?: string;
  readonly trades?: string;
}

/** What is to be run, and where its bars are: files, or the database. */
export interface BacktestRequest {
  readonly command: RunBacktestCommand;
  /** Null where left out: files tell it, the database is asked for days. */
  readonly timeframe: Timeframe | null;
  readonly files: readonly string[];
}

/** Fields of a command under the options that set them. */
const OPTION_OF: Readonly<Record<string, string>> = {
  initialCapital: '--cash',
  startDate: '--from',
  symbols: '--symbol',
  symbol: '--symbol',
  commission: '--commission',
  spread: '--spread',
  slippage: '--slippage-bps',
  margin: '--margin',
  allowShort: '--allow-short',
  maintenanceMargin: '--maintenance-margin',
  borrowRate: '--borrow-rate',
  tradeOnClose: '--trade-on-close',
  exclusiveOrders: '--exclusive-orders',
  lotSize: '--lot-size',
  volumeShare: '--volume-share',
  maxPositionPct: '--max-position-pct',
  defaultSizePct: '--size-pct',
  seed: '--seed',
  deadlineSeconds: '--deadline',
};

/** Reads the options. @throws UsageError for the first that is wrong */
export function readFlags(flags: BacktestFlags): BacktestRequest {
  const symbols = symbolsOf(flags);
  if (flags.actions !== undefined && flags.bars.length === 0) {
    throw new UsageError(
      '--actions goes with --bars: stored bars have stored actions, load them by npx tradegraph import --actions',
    );
  }
  if (flags.strategy === undefined) throw new UsageError('--strategy is missing: a name, or a path as in ./mine.ts');
  const command: RunBacktestCommand = {
    name: null,
    clientRequestId: null,
    strategy: flags.strategy,
    params: paramsOf(flags.params),
    symbols: symbols.toSorted(),
    timeframe: flags.timeframe ?? 'ONE_DAY',
    from: flags.from === undefined ? null : timeOf('--from', flags.from, 0),
    to: flags.to === undefined ? null : timeOf('--to', flags.to, DAY_MS),
    profile: flags.profile,
    options: {
      initialCapital: numberOf('--cash', flags.cash),
      commission: commissionOf(flags.commission),
      spread: optional('--spread', flags.spread),
      slippage:
        flags.slippageBps === undefined
          ? null
          : { kind: 'BASIS_POINTS', basisPoints: numberOf('--slippage-bps', flags.slippageBps) },
      margin: optional('--margin', flags.margin),
      tradeOnClose: flags.tradeOnClose ?? null,
      exclusiveOrders: flags.exclusiveOrders ?? null,
      finalizeTrades: flags.finalizeTrades ?? null,
      lotSize: optional('--lot-size', flags.lotSize),
      volumeShare: optional('--volume-share', flags.volumeShare),
      maxPositionPct: optional('--max-position-pct', flags.maxPositionPct),
      defaultSizePct: optional('--size-pct', flags.sizePct),
      ...(flags.allowShort === undefined ? {} : { allowShort: true }),
      ...(flags.maintenanceMargin === undefined
        ? {}
        : { maintenanceMargin: numberOf('--maintenance-margin', flags.maintenanceMargin) }),
      ...(flags.borrowRate === undefined ? {} : { borrowRate: numberOf('--borrow-rate', flags.borrowRate) }),
    },
    seed: numberOf('--seed', flags.seed),
    deadlineSeconds: numberOf('--deadline', flags.deadline),
  };
  const [fault] = checkCommand(command);
  if (fault !== undefined) throw new UsageError(inOptions(fault.message));
  return { command, timeframe: flags.timeframe ?? null, files: flags.bars };
}

/** A refusal's message begins with the field's name. */
export function inOptions(message: string): string {
  const field = /^(\w+): /.exec(message)?.[1] ?? '';
  const option = OPTION_OF[field];
  const text = option === undefined ? message : `${option}: ${message.slice(field.length + 2)}`;
  return text
    .replace(' endDate', ' --to')
    .replace(' maxPositionPct', ' --max-position-pct')
    .replace('(rate|basisPoints|fixed): ', '');
}

function symbolsOf({ symbol, bars }: BacktestFlags): readonly string[] {
  if (symbol.length === 0 && bars.length === 0)
    throw new UsageError('--bars <file> or --symbol <symbol> is missing: there is nothing to run over');
  if (bars.length === 0) return symbol;
  if (symbol.length > 0 && symbol.length !== bars.length)
    throw new UsageError(`--symbol: ${symbol.length} symbols do not name ${bars.length} files of --bars`);
  const names = symbol.length > 0 ? symbol : bars.map(symbolOfFile);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new UsageError(`--symbol: ${twice} is there twice: name the files' symbols by --symbol`);
  return names;
}

/** `data/goog.csv` holds GOOG; what cannot be in a symbol is left out. */
export function symbolOfFile(file: string): string {
  const base = (file.split(/[\\/]/).at(-1) ?? '').replace(/\.[^.]*$/, '');
  const symbol = base
    .toUpperCase()
    .replace(/[^A-Z0-9.\-=^]/g, '')
    .slice(0, 32);
  return /^[A-Z0-9^]/.test(symbol) ? symbol : 'BARS';
}

function paramsOf(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `--params: ${text.slice(0, 60)} is no JSON (${(error as Error).message}); write it as in '{"fast":10,"slow":20}'`,
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new UsageError(`--params: ${text.slice(0, 60)} is no object as in '{"fast":10,"slow":20}'`);
}

const DAY_MS = 86_400_000;

/** @param dateAddsMs what a plain date counts more: `--to` includes its day */
function timeOf(option: string, text: string, dateAddsMs: number): number {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const time =
    isDate || /^\d{4}-\d{2}-\d{2}T/.test(text)
      ? Date.parse(/Z|[+-]\d{2}:\d{2}$/.test(text) || isDate ? text : `${text}Z`)
      : NaN;
  // Date.parse takes 2024-02-31 for a day of March, with a time and without.
  const day = Date.parse(text.slice(0, 10));
  const isReal = !Number.isNaN(time) && new Date(day).toISOString().startsWith(text.slice(0, 10));
  if (!isReal)
    throw new UsageError(`${option}: "${text.slice(0, 40)}" is no date (2013-03-01) or time (2013-03-01T14:30:00Z)`);
  return isDate ? time + dateAddsMs : time;
}

function numberOf(option: string, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(value)) throw new UsageError(`${option}: "${text.slice(0, 40)}" is no number`);
  return value;
}

const optional = (option: string, text: string | undefined): number | null =>
  text === undefined ? null : numberOf(option, text);

/** `0.002` is a rate, `5,0.001` an amount and a rate. */
function commissionOf(text: string | undefined): BacktestCommission | null {
  if (text === undefined) return null;
  const [first = '', second, ...rest] = text.split(',');
  if (rest.length > 0) throw new UsageError(`--commission: "${text.slice(0, 40)}" is neither a rate nor "fixed,rate"`);
  if (second === undefined) return { kind: 'PERCENT', rate: numberOf('--commission', first) };
  return {
    kind: 'FIXED_PLUS_PERCENT',
    fixed: numberOf('--commission', first),
    rate: numberOf('--commission', second),
  };
}
