import { PgCorporateActionStore } from '../adapters/postgres/corporate-action-store.js';
import { eventRetentionJob, eventRetentionSchedule } from '../jobs/event-retention.js';
import { keepQueued } from '../jobs/keep-queued.js';
import { loadHistoryJob } from '../jobs/load-history.js';
import { livePollEveryMs, pollSymbolJob, replayPollEveryMs } from '../jobs/poll-symbol.js';
import { QueuedIngestion } from '../jobs/queued-ingestion.js';
import type { JobQueue } from '../ports/job-queue.js';
import { AdvanceReplay } from '../services/ingestion/advance-replay.js';
import { LoadHistory } from '../services/ingestion/load-history.js';
import { PollSymbol } from '../services/ingestion/poll-symbol.js';
import type { ReadinessCheck } from '../api/health.js';
import { DefaultSeries } from './default-series.js';
import type { Foundation } from './foundation.js';
import type { ReplayTurn } from './replay-turn.js';

/** A source that is away for so long has missed several polls of a minute: somebody should know. */
const OUTAGE_LIMIT_MS = 5 * 60_000;

/** Ingestion as every process knows it: what it may queue, whoever works on it. */
export interface Ingestion {
  readonly jobs: QueuedIngestion;
  /** Sees to it that instruments, what is tracked, and the past are there: the other roles stand on them. */
  prepare(): Promise<void>;
  /** Begins to poll in this process; in a replay, when it is its turn to play. */
  work(replayTurn: ReplayTurn | null): Promise<void>;
  /** Whether the source answers. */
  readonly readiness: ReadinessCheck;
}

export function openIngestion(foundation: Foundation, queue: JobQueue): Ingestion {
  const { config, database, source, clock, replay, eventLog, bars, instruments, metrics, tracing, shutdown } =
    foundation;
  const logger = foundation.logger.child({ role: 'ingestion' });
  const actions = new PgCorporateActionStore(database.pool);
  const shared = {
    source,
    clock,
    unitOfWork: eventLog.unitOfWork,
    bars,
    instruments,
    actions,
    metrics,
    logger,
    tracing,
  };
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
  const defaults = new DefaultSeries(foundation, loadHistory);
  return {
    jobs,
    prepare: () => defaults.prepare(),
    readiness: async () => {
      const outage = foundation.outage();
      if (outage === null) return { ok: defaults.isPrepared, detail: source.description };
      const outageMs = performance.now() - outage.sinceMs;
      return {
        ok: outageMs < OUTAGE_LIMIT_MS,
        detail: { outageSeconds: Math.round(outageMs / 1000), reason: outage.reason },
      };
    },
    async work(replayTurn) {
      await queue.work(historyJob);
      // The ticks of a replay are for the process that plays it: elsewhere they would be lost.
      if (replayTurn === null) await queue.work(pollJob);
      else replayTurn.whenPlaying(() => queue.work(pollJob));
      await queue.work(retentionJob);
      const put = async (): Promise<void> => {
        await queue.schedule(retentionJob, eventRetentionSchedule(config.EVENT_RETENTION_HOURS * 3_600_000));
        await jobs.reschedule();
      };
      await put();
      defaults.keepAsking(() => jobs.reschedule());
      const stopping = new AbortController();
      shutdown.add('schedules', async () => stopping.abort());
      void keepQueued({ queue, put, what: 'schedules', logger, signal: stopping.signal });
    },
  };
}
