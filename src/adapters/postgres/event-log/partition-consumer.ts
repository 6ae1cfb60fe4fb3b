import type { Pool } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoggedEvent } from '../../../domain/events.js';
import { isRetriable } from '../../../domain/retriable.js';
import type { BusinessTopic } from '../../../domain/topics.js';
import { LogGapError, type ConsumeOptions } from '../../../ports/event-bus.js';
import type { Logger } from '../../../ports/logger.js';
import type { Metrics } from '../../../ports/metrics.js';
import { PgTransaction } from '../transaction.js';
import { CommitOutcomeUnknownError, isDatabaseFault, isFenced } from './database-fault.js';
import type { EventSource } from './event-reader.js';
import type { FunctionCall } from './function-call.js';
import type { ClaimedPartition } from './group-membership.js';
import { deadLetter, reasonOf } from './dead-letter.js';
import type { AppendedEvents } from './log-record.js';

/**
 * Where new events have come while a batch was at work, the next one waits for twelve times as long as the database took
 * for this one: a commit then carries several events, instead of competing with the writers for the disk one by one.
 * Otherwise, and when it has to catch up, a consumer waits for nothing.
 */
const SPACING_FACTOR = 12;
/** However slow the database is, no event waits longer than this for it. */
const SPACING_MAX_MS = 40;
/** Tries of one event, alone, before it is a dead letter. */
const ATTEMPTS_MAX = 5;
const FIRST_RETRY_MS = 20;
/**
 * How long a fault that calls itself retriable (a worker thread that gave no answer in time, on a machine that is busy) makes no
 * dead letter: far longer than a machine is that busy. What is not over by then is the event's own doing, and must not block others.
 */
const RETRIED_FOR_MS = 600_000;
/** A handler's fault: five tries take about a third of a second. A database's fault: it may be away for long. */
const LAST_RETRY_MS = 2_000;

export interface PartitionContext {
  readonly pool: Pool;
  readonly reader: EventSource;
  readonly options: ConsumeOptions<BusinessTopic>;
  readonly owner: string;
  readonly leaseMs: number;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly onAppended: (appended: readonly AppendedEvents[]) => void;
  /** RETRIED_FOR_MS when left out. */
  readonly retriedForMs?: number;
}

/** Why a partition's consumer has ended: it was told to, or what it knew of the partition no longer holds. */
export type PartitionEnd = 'stopped' | 'lost';

/**
 * Consumes one partition that a group's member owns: reads, lets the handler work, and commits the effect, its events and
 * the new offset in one transaction that the owner, the epoch and the old offset fence.
 */
export class PartitionConsumer {
  readonly #stop = new AbortController();
  readonly #labels: { readonly group: string; readonly topic: string };
  #nextOff: number;
  /** Where the log ends as far as this consumer was told; infinite when it was only told to look. */
  #toldHead = Number.POSITIVE_INFINITY;
  #nextBatchAt = 0;
  /** When the first of the retriable faults came that no commit has followed yet. */
  #retriedSince: number | null = null;
  #wakeSleeper: () => void = () => undefined;

  constructor(
    private readonly context: PartitionContext,
    readonly claim: ClaimedPartition,
  ) {
    this.#nextOff = claim.nextOff;
    this.#labels = { group: context.options.group, topic: claim.topic };
  }

  /** There may be new events; none when all below `head` are consumed. */
  wake(head = Number.POSITIVE_INFINITY): void {
    this.#toldHead = Math.max(this.#toldHead, head);
    this.#wakeSleeper();
  }

  /** Finishes the batch at hand and ends `run`. */
  stop(): void {
    this.#stop.abort();
    this.#wakeSleeper();
  }

  /** Consumes until it is stopped or the partition is lost. Never rejects. */
  async run(): Promise<PartitionEnd> {
    let faults = 0;
    while (!this.#stop.signal.aborted) {
      try {
        await this.#consumeOnce();
        faults = 0;
      } catch (error) {
        // What was read, or told, is still to do.
        this.#toldHead = Number.POSITIVE_INFINITY;
        if (isFenced(error)) {
          this.context.metrics.count('tradegraph_event_log_fence_failures_total', this.#labels);
          this.context.logger.warn({ ...this.#where() }, 'the partition has another owner: its batch was rolled back');
          return 'lost';
        }
        // Whether the offset has moved is known only to the database: claim again, and read it.
        if (error instanceof CommitOutcomeUnknownError) return 'lost';
        if (error instanceof LogGapError) {
          if (!(await this.#skipGap(error))) return 'lost';
          continue;
        }
        faults += 1;
        this.context.metrics.count('tradegraph_event_log_consumer_faults_total', this.#labels);
        this.context.logger.warn({ error, faults, ...this.#where() }, 'consuming failed; trying again');
        await this.#pause(faults);
      }
    }
    return 'stopped';
  }

  async #consumeOnce(): Promise<void> {
    await this.#untilNextBatch();
    if (this.#stop.signal.aborted) return;
    const toldHead = this.#toldHead;
    this.#toldHead = this.#nextOff;
    const { topic, part } = this.claim;
    const { batchSize } = this.context.options;
    // No more than is known of: a source that has all of it need not look whether there is more.
    const limit = Math.min(batchSize, toldHead - this.#nextOff);
    const readAt = performance.now();
    const events = await this.context.reader.read(topic, part, this.#nextOff, limit);
    if (this.#stop.signal.aborted) return;
    if (events.length === 0) return;
    const readMs = performance.now() - readAt;
    // Behind a full batch there is what was told of, and nobody tells of it again.
    if (events.length === limit) this.#toldHead = Math.max(this.#toldHead, toldHead);
    const isFull = events.length === batchSize;
    try {
      const commitMs = await this.#commit(events);
      const isPressed = !isFull && this.#toldHead > this.#nextOff;
      const spacingMs = isPressed ? Math.min((readMs + commitMs) * SPACING_FACTOR, SPACING_MAX_MS) : 0;
      this.#nextBatchAt = performance.now() + spacingMs;
    } catch (error) {
      if (this.#isTransient(error)) throw error;
      this.context.logger.warn(
        { error, events: events.length, ...this.#where() },
        'a batch failed; its events are tried one by one',
      );
      for (const event of events) {
        if (this.#stop.signal.aborted) return;
        await this.#commitAlone(event);
      }
    }
  }

  /** Answers how long the transaction took, in milliseconds. */
  async #commit(events: readonly LoggedEvent[]): Promise<number> {
    const { topic, part } = this.claim;
    const effect = await this.context.options.handle({ topic, part, events });
    const startedAt = performance.now();
    await this.#advance(events.length, effect);
    this.context.metrics.count('tradegraph_event_log_consumed_total', this.#labels, events.length);
    return performance.now() - startedAt;
  }

  /** True for a fault that says nothing of the events: they are read and tried again, without end but for RETRIED_FOR_MS. */
  #isTransient(error: unknown): boolean {
    if (isFenced(error) || isDatabaseFault(error)) return true;
    if (!isRetriable(error)) return false;
    this.#retriedSince ??= performance.now();
    return performance.now() - this.#retriedSince < (this.context.retriedForMs ?? RETRIED_FOR_MS);
  }

  /** Tries one event a bounded number of times, and sends it to the dead letters when it keeps failing. */
  async #commitAlone(event: LoggedEvent): Promise<void> {
    let reason = '';
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
      try {
        await this.#commit([event]);
        return;
      } catch (error) {
        if (this.#isTransient(error)) throw error;
        reason = reasonOf(error);
      }
      if (attempt < ATTEMPTS_MAX) await this.#pause(attempt);
      if (this.#stop.signal.aborted) return;
    }
    await this.#deadLetter(event, reason);
  }

  async #deadLetter(event: LoggedEvent, reason: string): Promise<void> {
    const { options, logger, metrics } = this.context;
    logger.error(
      { off: event.off, key: event.key, type: event.type, reason, ...this.#where() },
      'an event keeps failing: to the dead letters',
    );
    const letter = deadLetter(options.group, event, reason);
    try {
      await this.#advance(1, async (tx) => {
        await options.onDeadLetter?.(tx, event, reason);
        tx.appendRecord(letter);
      });
    } catch (error) {
      if (isFenced(error) || isDatabaseFault(error)) throw error;
      // The letter must not block its partition either; it says that its consequence is missing.
      logger.error(
        { error, off: event.off, ...this.#where() },
        'what should follow a dead letter failed: it is sent without',
      );
      const noted = deadLetter(options.group, event, `${reason}; and what should follow failed: ${reasonOf(error)}`);
      await this.#advance(1, async (tx) => tx.appendRecord(noted));
    }
    metrics.count('tradegraph_event_log_dead_lettered_total', this.#labels);
  }

  /** Runs `effect` in a transaction that moves the offset on by `count`, or throws and has changed nothing. */
  async #advance(count: number, effect: (tx: PgTransaction) => Promise<void>): Promise<void> {
    const next = this.#nextOff + count;
    const { appended } = await PgTransaction.run(this.context.pool, effect, this.#advanceCall(next));
    this.#nextOff = next;
    this.#retriedSince = null;
    this.context.onAppended(appended);
  }

  #advanceCall(next: number): FunctionCall {
    const { topic, part, epoch } = this.claim;
    const { options, owner, leaseMs } = this.context;
    return {
      name: 'advance_consumer',
      arguments: [options.group, topic, part, owner, epoch, this.#nextOff, next, leaseMs],
    };
  }

  /** Events were deleted before this group has read them (it was away for longer than they are kept): says so, and goes on. */
  async #skipGap(gap: LogGapError): Promise<boolean> {
    const lost = gap.oldest - this.#nextOff;
    this.context.logger.error(
      { lost, oldest: gap.oldest, ...this.#where() },
      'events were deleted before this group has read them',
    );
    try {
      await this.#advance(lost, async () => undefined);
    } catch (error) {
      if (isDatabaseFault(error) && !(error instanceof CommitOutcomeUnknownError)) await this.#pause(1);
      return false;
    }
    this.context.metrics.count('tradegraph_event_log_events_missed_total', this.#labels, lost);
    return true;
  }

  /** Waits for events, and for the spacing of batches. */
  async #untilNextBatch(): Promise<void> {
    while (this.#toldHead <= this.#nextOff && !this.#stop.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wakeSleeper = resolve;
      });
    }
    const waitMs = this.#nextBatchAt - performance.now();
    if (waitMs > 0) await delay(waitMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }

  async #pause(failures: number): Promise<void> {
    const ms = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LAST_RETRY_MS);
    await delay(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }

  #where(): object {
    return {
      group: this.context.options.group,
      topic: this.claim.topic,
      part: this.claim.part,
      nextOff: this.#nextOff,
    };
  }
}
