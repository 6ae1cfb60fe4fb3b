import { z } from 'zod';
import { JobNotRetriableError, type JobDefinition } from '../ports/job-queue.js';
import type { TrainModels } from '../services/ml/train-models.js';
import { seriesPayload } from './series-payload.js';

const payloadSchema = seriesPayload.extend({
  /** Train although ready models are there; they are retired. */
  force: z.boolean(),
});
export type TrainModelPayload = z.infer<typeof payloadSchema>;

export interface TrainModelJobOptions {
  readonly trainModels: Pick<TrainModels, 'execute'>;
  /** Called beside the job's own progress, for whoever shows it: share done, 0 to 1. */
  readonly onProgress?: (payload: TrainModelPayload, fraction: number, message: string) => void;
}

/** Trains the models of a series on its stored history. */
export function trainModelJob({ trainModels, onProgress }: TrainModelJobOptions): JobDefinition<TrainModelPayload> {
  return {
    name: 'train-model',
    parse: (payload) => payloadSchema.parse(payload),
    attempts: 3,
    // It takes all cores that there are.
    concurrency: 1,
    async run(payload, { signal, progress }) {
      const outcome = await trainModels.execute({
        ...payload,
        signal,
        onProgress(fraction, message) {
          onProgress?.(payload, fraction, message);
          // Progress is for people to look at; that it cannot be written must not end the training.
          progress(fraction, message).catch(() => undefined);
        },
      });
      if (outcome.status !== 'FAILED') return;
      throw outcome.retriable ? new Error(outcome.reason) : new JobNotRetriableError(outcome.reason);
    },
  };
}
