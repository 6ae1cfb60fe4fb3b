import { z } from 'zod';
import type { JobDefinition } from '../ports/job-queue.js';
import type { LoadHistory } from '../services/ingestion/load-history.js';
import { seriesPayload } from './series-payload.js';
import { jobFailure } from './source-failure.js';

const payloadSchema = seriesPayload.extend({
  /** Open time of the first bar that is wanted: epoch milliseconds UTC. */
  from: z.int(),
});
export type LoadHistoryPayload = z.infer<typeof payloadSchema>;

/** Loads the past of a series that has just been tracked. An attempt begins from the start: loading again changes nothing. */
export function loadHistoryJob(loadHistory: Pick<LoadHistory, 'loadTracked'>): JobDefinition<LoadHistoryPayload> {
  return {
    name: 'load-history',
    parse: (payload) => payloadSchema.parse(payload),
    attempts: 5,
    concurrency: 1,
    async run(payload, { signal, progress }) {
      const report = ({ fraction, rows }: { fraction: number; rows: number }): void => {
        // Progress is for people to look at; that it cannot be written must not end the load.
        progress(fraction, `${rows} bars of ${payload.symbol}`).catch(() => undefined);
      };
      try {
        await loadHistory.loadTracked(payload, report, signal);
      } catch (error) {
        throw jobFailure(error);
      }
    },
  };
}
