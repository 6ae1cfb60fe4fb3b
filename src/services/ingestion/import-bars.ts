import { checkBar, type Bar } from '../../domain/bar.js';
import type { Instrument } from '../../domain/instrument.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { BarFileRow } from '../../ports/bar-file.js';
import type { BarStore, DataQualityIssue, InstrumentStore } from '../../ports/bar-store.js';
import type { Clock } from '../../ports/clock.js';
import type { UnitOfWork } from '../../ports/unit-of-work.js';
import { MALFORMED } from './accept-bars.js';
import { historyLoadedEvent } from './bar-events.js';
import { chunkOf } from './poll-symbol.js';

export interface ImportBarsOptions {
  readonly clock: Clock;
  readonly unitOfWork: UnitOfWork;
  readonly bars: BarStore;
  readonly instruments: InstrumentStore;
  /** Rows in one transaction; 10,000 by default, with their text some megabytes. */
  readonly chunkRows?: number;
}

export interface ImportRequest {
  /** Saved where the symbol is not known yet. */
  readonly instrument: Instrument;
  readonly timeframe: Timeframe;
  readonly rows: AsyncIterable<BarFileRow>;
}

export interface ImportReport {
  readonly read: number;
  /** New bars and corrections of stored ones; the rest of the accepted rows was there already. */
  readonly inserted: number;
  readonly corrected: number;
  readonly refused: number;
  /** How many rows were refused for which reason. */
  readonly refusedByCode: Readonly<Record<string, number>>;
  /** The first refused rows, for people. */
  readonly examples: readonly { readonly line: number; readonly code: string; readonly message: string }[];
}

const CHUNK_ROWS = 10_000;
const EXAMPLES_MAX = 20;

/** Loads bars of a file as history: valid rows are stored, others counted with their lines. Again, it changes nothing. */
export class ImportBars {
  constructor(private readonly options: ImportBarsOptions) {}

  /** Throws what `rows` throws (BarFileError); chunks that were stored by then stay. */
  async import(
    request: ImportRequest,
    onProgress: (report: ImportReport) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<ImportReport> {
    const tally = new ImportTally();
    const { clock, chunkRows = CHUNK_ROWS } = this.options;
    const now = clock.now();
    let accepted: Bar[] = [];
    let issues: DataQualityIssue[] = [];
    const flush = async (): Promise<void> => {
      tally.store(await this.storeChunk(request, accepted, issues));
      accepted = [];
      issues = [];
      onProgress(tally.report());
    };
    for await (const row of request.rows) {
      signal?.throwIfAborted();
      const checked = checkRow(row, now);
      if ('bar' in checked) accepted.push(checked.bar);
      else issues.push(checked.issue);
      tally.count(row.line, 'bar' in checked ? null : checked.issue);
      if (accepted.length + issues.length >= chunkRows) await flush();
    }
    await flush();
    return tally.report();
  }

  private storeChunk(
    { instrument, timeframe }: ImportRequest,
    accepted: readonly Bar[],
    issues: readonly DataQualityIssue[],
  ) {
    const { unitOfWork, bars, instruments } = this.options;
    const { symbol } = instrument;
    return unitOfWork.transaction(async (tx) => {
      if ((await instruments.instrument(symbol)) === null) await instruments.saveInstrument(tx, instrument);
      if (issues.length > 0) await instruments.countIssues(tx, symbol, timeframe, issues);
      const outcome = await bars.load(tx, accepted);
      const [first] = accepted;
      const rows = outcome.inserted + outcome.corrected;
      // A file need not be in order.
      const ordered = accepted.toSorted((a, b) => a.timestamp - b.timestamp);
      if (first !== undefined && rows > 0)
        tx.append(historyLoadedEvent({ ...chunkOf(ordered[0] ?? first, ordered), rows }));
      return outcome;
    });
  }
}

function checkRow(row: BarFileRow, now: number): { readonly bar: Bar } | { readonly issue: DataQualityIssue } {
  if ('problem' in row) {
    return { issue: { code: MALFORMED, message: `line ${row.line}: ${row.problem}`, barTimestamp: null } };
  }
  const checked = checkBar(row.bar, now);
  if (checked.ok) return { bar: checked.value };
  const { code, message } = checked.error;
  return { issue: { code, message: `line ${row.line}: ${message}`, barTimestamp: row.bar.timestamp } };
}

class ImportTally {
  private read = 0;
  private inserted = 0;
  private corrected = 0;
  private refused = 0;
  private readonly byCode = new Map<string, number>();
  private readonly examples: { line: number; code: string; message: string }[] = [];

  count(line: number, issue: DataQualityIssue | null): void {
    this.read += 1;
    if (issue === null) return;
    this.refused += 1;
    this.byCode.set(issue.code, (this.byCode.get(issue.code) ?? 0) + 1);
    if (this.examples.length < EXAMPLES_MAX) this.examples.push({ line, code: issue.code, message: issue.message });
  }

  store(outcome: { readonly inserted: number; readonly corrected: number }): void {
    this.inserted += outcome.inserted;
    this.corrected += outcome.corrected;
  }

  report(): ImportReport {
    return {
      read: this.read,
      inserted: this.inserted,
      corrected: this.corrected,
      refused: this.refused,
      refusedByCode: Object.fromEntries(this.byCode),
      examples: [...this.examples],
    };
  }
}
