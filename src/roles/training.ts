import { keepQueued } from '../jobs/keep-queued.js';
import type { ReadinessCheck } from '../api/health.js';
import { trainModelJob, type TrainModelPayload } from '../jobs/train-model.js';
import { skillText } from '../domain/model-skill.js';
import type { Timeframe } from '../domain/timeframe.js';
import type { JobQueue } from '../ports/job-queue.js';
import { SeriesToTrain } from '../services/ml/series-to-train.js';
import type { Foundation } from './foundation.js';
import { modelTraining } from './ml.js';

/** How the training of a series stands. */
export interface TrainingStatus {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED';
  /** Share done, 0 to 1. */
  readonly fraction: number;
  readonly detail: string | null;
}

/** Sees to it that every tracked series gets its models, in the background, and knows how far they are. */
export class Training {
  private readonly states = new Map<string, TrainingStatus>();
  private readonly lacking: SeriesToTrain;
  private readonly job;
  private isAtWork = false;

  constructor(
    private readonly foundation: Foundation,
    private readonly queue: JobQueue,
  ) {
    const { bars, instruments, mlStore: store, clock } = foundation;
    this.lacking = new SeriesToTrain({ bars, instruments, store, clock });
    const models = modelTraining(foundation);
    this.job = trainModelJob({
      trainModels: { execute: (request) => this.execute(models, request) },
      onProgress: (payload, fraction, detail) => this.set(payload, 'RUNNING', fraction, detail),
    });
  }

  /** Ready when no series waits for a first model that could be trained: one with too few bars, or that fails, holds nobody up. */
  readonly readiness: ReadinessCheck = async () => {
    const lacking = await this.lacking.look();
    const waiting = lacking.filter(({ state }) => state === 'TRAINABLE').length;
    return { ok: waiting === 0, detail: { waitForTraining: waiting, without: lacking.length - waiting } };
  };

  /** Of a process that does not train: what the database tells, which knows of no training that is under way. */
  async status(): Promise<readonly TrainingStatus[]> {
    if (this.isAtWork) return [...this.states.values()];
    const lacking = new Map((await this.lacking.look()).map((series) => [keyOf(series), series]));
    const tracked = await this.foundation.instruments.tracked();
    return tracked
      .filter(({ endedAt }) => endedAt === null)
      .map(({ instrument: { symbol }, timeframe }) => {
        const isLacking = lacking.has(keyOf({ symbol, timeframe }));
        return isLacking
          ? { symbol, timeframe, state: 'WAITING', fraction: 0, detail: 'trained by the processes with the role ml' }
          : { symbol, timeframe, state: 'DONE', fraction: 1, detail: null };
      });
  }

  /** Begins to train in this process: what lacks a model now, and, each minute, what has come to lack one. */
  async work(): Promise<void> {
    this.isAtWork = true;
    await this.queue.work(this.job);
    await this.queueMissing();
    const { logger, shutdown } = this.foundation;
    const stopping = new AbortController();
    shutdown.add('training', async () => stopping.abort());
    const put = () => this.queueMissing();
    void keepQueued({ queue: this.queue, put, what: 'missing trainings', logger, signal: stopping.signal });
  }

  private async queueMissing(): Promise<void> {
    for (const series of await this.lacking.look()) {
      const { symbol, timeframe } = series;
      switch (series.state) {
        case 'TRAINABLE':
          if (this.states.get(keyOf(series))?.state !== 'RUNNING') this.set(series, 'WAITING', 0, null);
          await this.queue.enqueue(
            this.job,
            { symbol, timeframe, force: false },
            { id: `train ${symbol} ${timeframe}` },
          );
          break;
        case 'TOO_FEW_BARS':
          this.set(series, 'WAITING', 0, `${series.barCount} bars of the ${series.limit} that it takes`);
          break;
        case 'BACKING_OFF':
          // Its state says why it failed.
          break;
      }
    }
  }

  private async execute(models: ReturnType<typeof modelTraining>, request: Parameters<typeof models.execute>[0]) {
    const { symbol, timeframe } = request;
    const step = this.foundation.steps.begin(`Training on ${symbol}`);
    const outcome = await models
      .execute({
        ...request,
        onProgress: (fraction, message) => {
          step.progress(fraction, message);
          request.onProgress?.(fraction, message);
        },
      })
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        this.set({ symbol, timeframe }, 'WAITING', 0, `interrupted: ${reason}`);
        if (request.signal?.aborted === true) step.done('stopped, it begins again at the next start');
        else step.failed(reason);
        throw error;
      });
    switch (outcome.status) {
      case 'TRAINED': {
        const { heldOutCount, backend } = outcome.price;
        const detail = `${backend}, ${skillText(outcome.price)} against the last price on ${heldOutCount} bars it has not seen`;
        this.set({ symbol, timeframe }, 'DONE', 1, detail);
        step.done(detail);
        break;
      }
      case 'READY_ALREADY':
        this.set({ symbol, timeframe }, 'DONE', 1, 'the models were there already');
        step.done('the models were there already');
        break;
      case 'TOO_FEW_BARS':
        this.set({ symbol, timeframe }, 'WAITING', 0, `${outcome.barCount} bars of the ${outcome.limit} that it takes`);
        step.done(`waits for ${outcome.limit} bars, there are ${outcome.barCount}`);
        break;
      case 'FAILED':
        this.lacking.failed({ symbol, timeframe });
        this.set({ symbol, timeframe }, 'FAILED', 0, outcome.reason);
        step.failed(outcome.reason);
        break;
    }
    return outcome;
  }

  private set(
    series: Pick<TrainModelPayload, 'symbol' | 'timeframe'>,
    state: TrainingStatus['state'],
    fraction: number,
    detail: string | null,
  ): void {
    const { symbol, timeframe } = series;
    this.states.set(keyOf(series), { symbol, timeframe, state, fraction, detail });
  }
}

const keyOf = ({ symbol, timeframe }: Pick<TrainModelPayload, 'symbol' | 'timeframe'>): string =>
  `${symbol} ${timeframe}`;
