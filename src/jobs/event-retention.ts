import { z } from 'zod';
import type { JobDefinition, JobSchedule } from '../ports/job-queue.js';

/** Deletes events that nobody needs any more. */
export interface EventRetentionRun {
  run(options: { readonly retentionMs: number; readonly batchSize: number }): Promise<unknown>;
}

const payloadSchema = z.object({ retentionMs: z.int().positive(), batchSize: z.int().positive() });
export type EventRetentionPayload = z.infer<typeof payloadSchema>;

/** Small enough that a delete of a batch holds nobody up. */
const BATCH_SIZE = 5000;
const EVERY_MS = 10 * 60_000;

export function eventRetentionJob(retention: EventRetentionRun): JobDefinition<EventRetentionPayload> {
  return {
    name: 'event-retention',
    parse: (payload) => payloadSchema.parse(payload),
    // The next turn is the next attempt.
    attempts: 1,
    concurrency: 1,
    async run(payload) {
      await retention.run(payload);
    },
  };
}

/** @param retentionMs events younger than this are kept whoever has read them */
export const eventRetentionSchedule = (retentionMs: number): JobSchedule<EventRetentionPayload> => ({
  id: 'event-retention',
  everyMs: EVERY_MS,
  payload: { retentionMs, batchSize: BATCH_SIZE },
});
