import { eventRetentionJob, eventRetentionSchedule } from '../jobs/event-retention.js';
import { keepSchedules } from '../jobs/keep-schedules.js';
import { loadHistoryJob } from '../jobs/load-history.js';
import { livePollEveryMs, pollSymbolJob, replayPollEveryMs } from '../jobs/poll-symbol.js';
import { QueuedIngestion } from '../jobs/queued-ingestion.js';
import type { JobQueue } from '../ports/job-queue.js';
import { AdvanceReplay } from '../services/ingestion/advance-replay.js';
import { LoadHistory } from '../services/ingestion/load-history.js';
import { PollSymbol } from '../services/ingestion/poll-symbol.js';
import type { Foundation } from './foundation.js';

/** Ingestion as every process knows it: what it may queue, whoever works on it. */
export interface Ingestion {
  readonly jobs: QueuedIngestion;
  /** Sees to it that instruments, what is tracked, and the past are there: the other roles stand on them. */
  prepare(): Promise<void>;
  /** Begins to poll in this process. */
  work(): Promise<void>;
}

export function openIngestion(foundation: Foundation, queue: JobQueue): Ingestion {
  const { config, source, clock, replay, eventLog, bars, instruments, metrics, shutdown } = foundation;
  const logger = foundation.logger.child({ role: 'ingestion' });
  const shared = { source, clock, unitOfWork: eventLog.unitOfWork, bars, instruments, metrics, logger };
  const pollSymbol = new PollSymbol(shared);
  const loadHistory = new LoadHistory(shared);
  const tickMs = replayPollEveryMs(config.REPLAY_SPEED);
  // A bar that falls due between two ticks is taken by the nearer one, so that the pace stays even.
  const lookAheadMs = tickMs / 2;
  const advance =
    replay === null ? null : new AdvanceReplay({ pace: replay.pace, pollSymbol, instruments, lookAheadMs });
  const pollJob = pollSymbolJob({
    pollSymbol,
    instruments,
    clock,
    replay: replay === null || advance === null ? null : { advance, pace: replay.pace },
  });
  const historyJob = loadHistoryJob(loadHistory);
  const retentionJob = eventRetentionJob(eventLog.retention);
  const pollEveryMs = replay === null ? livePollEveryMs : () => tickMs;
  const jobs = new QueuedIngestion({ queue, pollJob, historyJob, instruments, pollEveryMs });
  return {
    jobs,
    async prepare() {
      await trackDefaults(foundation);
      await loadDefaults(foundation, loadHistory);
    },
    async work() {
      await queue.work(historyJob);
      await queue.work(pollJob);
      await queue.work(retentionJob);
      await queue.schedule(retentionJob, eventRetentionSchedule(config.EVENT_RETENTION_HOURS * 3_600_000));
      await jobs.reschedule();
      const stopping = new AbortController();
      shutdown.add('schedules', async () => stopping.abort());
      void keepSchedules(jobs, logger, stopping.signal);
    },
  };
}

/** A new database tracks what its source is made for; one that has been used keeps what its user chose. */
async function trackDefaults({ source, instruments, eventLog }: Foundation): Promise<void> {
  if ((await instruments.dataSource()) !== null) return;
  const symbols = new Set([...source.defaults.tracked, ...source.defaults.history].map(({ symbol }) => symbol));
  await eventLog.unitOfWork.transaction(async (tx) => {
    for (const symbol of symbols) {
      const found = await source.instrument(symbol);
      if (found.ok) await instruments.saveInstrument(tx, found.value);
    }
    for (const { symbol, timeframe } of source.defaults.tracked) await instruments.track(tx, symbol, timeframe);
  });
}

/** What is missing of the past. A source that is away holds nothing up: its polls ask for the gap later. */
async function loadDefaults({ source, steps }: Foundation, loadHistory: LoadHistory): Promise<void> {
  for (const { symbol, timeframe, from } of source.defaults.history) {
    const step = steps.begin(`History of ${symbol}`);
    try {
      const { rows } = await loadHistory.loadMissing({ symbol, timeframe, from }, ({ fraction, rows }) =>
        step.progress(fraction, `${rows} bars`),
      );
      step.done(rows === 0 ? 'up to date' : `${rows} bars`);
    } catch (error) {
      step.failed(error instanceof Error ? error.message : String(error));
    }
  }
}
