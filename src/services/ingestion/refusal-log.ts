import type { Timeframe } from '../../domain/timeframe.js';
import type { DataQualityIssue, InstrumentStore } from '../../ports/bar-store.js';
import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import type { Transaction } from '../../ports/unit-of-work.js';

export interface RefusalLogOptions {
  readonly instruments: Pick<InstrumentStore, 'countIssues'>;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/** Refused rows: counted in the data-quality report and in a metric, written to the log once a kind. */
export class RefusalLog {
  /** A poll asks again for the last few bars, so a bad row comes several times: it is counted when it comes first. */
  private readonly lastAnswer = new Map<string, ReadonlySet<string>>();
  private readonly logged = new Set<string>();

  constructor(private readonly options: RefusalLogOptions) {}

  /** The issues of an answer that its predecessor did not have. */
  unseen(symbol: string, timeframe: Timeframe, issues: readonly DataQualityIssue[]): readonly DataQualityIssue[] {
    const before = this.lastAnswer.get(`${symbol} ${timeframe}`);
    return issues.filter((issue) => before?.has(identityOf(issue)) !== true);
  }

  /** Counts issues within the transaction that stores what was accepted. */
  async count(
    tx: Transaction,
    symbol: string,
    timeframe: Timeframe,
    issues: readonly DataQualityIssue[],
  ): Promise<void> {
    if (issues.length > 0) await this.options.instruments.countIssues(tx, symbol, timeframe, issues);
  }

  /** To be called once `counted`, the unseen ones of `all`, are committed. */
  committed(
    symbol: string,
    timeframe: Timeframe,
    all: readonly DataQualityIssue[],
    counted: readonly DataQualityIssue[],
  ): void {
    this.lastAnswer.set(`${symbol} ${timeframe}`, new Set(all.map(identityOf)));
    for (const { code, message } of counted) {
      this.options.metrics.count('tradegraph_bars_refused_total', { symbol, code });
      const kind = `${symbol} ${timeframe} ${code}`;
      if (this.logged.has(kind)) continue;
      this.logged.add(kind);
      this.options.logger.warn(
        { symbol, timeframe, code, detail: message },
        'bars are refused; further ones of this kind are only counted',
      );
    }
  }
}

const identityOf = ({ code, message, barTimestamp }: DataQualityIssue): string => `${code} ${barTimestamp} ${message}`;
