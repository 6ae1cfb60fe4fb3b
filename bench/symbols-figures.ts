/** What one minute's bars took, by who took it; seconds from the first bar appended, CPU in milliseconds. */
export interface Minute {
  readonly walBytes: number;
  readonly mlSeconds: number;
  readonly tradingSeconds: number;
  readonly cpu: { readonly ml: number; readonly trading: number; readonly feeder: number };
  readonly postgres: { readonly ml: number; readonly trading: number; readonly feeder: number };
}

/** What one process, and PostgreSQL for it, took for a minute's bars. */
interface Share {
  /** Milliseconds of CPU for each bar (for trading: for each bar and account). */
  readonly processMsABar: number;
  readonly postgresMsABar: number;
  /** From the first bar appended to the last one acted on; the feeder's own time is in it. */
  readonly seconds: number;
  readonly barsASecond: number;
  /** What one core each for process and database could do in a minute, going by the larger of the two. */
  readonly symbolsAMinute: number;
}

export interface Phase {
  readonly bars: number;
  readonly accounts: number;
  readonly tradingProcesses: number;
  /** The first minute after a start. */
  readonly first: { readonly ml: Share; readonly trading: Share | null };
  /** Of the others: the median, of two the larger. */
  readonly ml: Share;
  readonly trading: Share | null;
  /** Bytes of write-ahead log for each bar, of all processes together. */
  readonly walBytesABar: number;
  readonly feederMsABar: { readonly process: number; readonly postgres: number };
  readonly residentMb: Readonly<Record<string, number>>;
}

/** The figures of a phase: of its first minute, and of the others. @throws RangeError for fewer than two minutes */
export function phaseOf(
  minutes: readonly Minute[],
  { bars, accounts, tradingProcesses }: Pick<Phase, 'bars' | 'accounts' | 'tradingProcesses'>,
): Omit<Phase, 'residentMb'> {
  const [first, ...others] = minutes;
  if (first === undefined || others.length === 0) throw new RangeError('a phase has two minutes or more');
  const ofFirst: Figure = (of) => of(first);
  const ofOthers: Figure = (of) => median(others.map(of));
  const ml = (figure: Figure) => share(bars, 1, figure, (m) => [m.cpu.ml, m.postgres.ml, m.mlSeconds]);
  const trading = (figure: Figure) =>
    tradingProcesses === 0
      ? null
      : share(bars, accounts, figure, (m) => [m.cpu.trading, m.postgres.trading, m.tradingSeconds]);
  return {
    bars,
    accounts,
    tradingProcesses,
    first: { ml: ml(ofFirst), trading: trading(ofFirst) },
    ml: ml(ofOthers),
    trading: trading(ofOthers),
    walBytesABar: Math.round(ofOthers((m) => m.walBytes) / bars),
    feederMsABar: {
      process: round3(ofOthers((m) => m.cpu.feeder) / bars),
      postgres: round3(ofOthers((m) => m.postgres.feeder) / bars),
    },
  };
}

/** A number of each minute, brought down to one. */
type Figure = (of: (minute: Minute) => number) => number;

function share(
  bars: number,
  accounts: number,
  figure: Figure,
  of: (minute: Minute) => readonly [processMs: number, postgresMs: number, seconds: number],
): Share {
  const processMs = figure((minute) => of(minute)[0]);
  const postgresMs = figure((minute) => of(minute)[1]);
  const seconds = figure((minute) => of(minute)[2]);
  return {
    processMsABar: round3(processMs / bars / accounts),
    postgresMsABar: round3(postgresMs / bars / accounts),
    seconds: round3(seconds),
    barsASecond: Math.round(bars / seconds),
    symbolsAMinute: Math.round((60_000 * bars) / Math.max(processMs, postgresMs)),
  };
}

const round3 = (value: number): number => Math.round(value * 1000) / 1000;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
