import type { LoggedEventOf } from '../../domain/events.js';
import type { ModelKind } from '../../domain/model.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { ModelActivation } from '../../ports/ml-store.js';

/** Ids of the models in use for a series at one place in the log; null before the first activation. */
export interface ModelIds {
  readonly price: string | null;
  readonly anomaly: string | null;
}

/**
 * Which model is in use at each place of a partition: the one whose activation is the last before it. An activation is an
 * event among the bars, so a restart, or another process, evaluates each bar with the same model.
 */
export class ModelsInUse {
  private readonly active = new Map<string, string>();

  /** @param activations those in force before the first event of the batch */
  constructor(activations: readonly ModelActivation[]) {
    for (const activation of activations) this.activate(activation);
  }

  activate({ kind, symbol, timeframe, modelId }: Omit<ModelActivation, 'part' | 'off'>): void {
    this.active.set(keyOf(kind, symbol, timeframe), modelId);
  }

  of(symbol: string, timeframe: string): ModelIds {
    return {
      price: this.active.get(keyOf('LSTM', symbol, timeframe)) ?? null,
      anomaly: this.active.get(keyOf('ISOLATION_FOREST', symbol, timeframe)) ?? null,
    };
  }
}

const keyOf = (kind: ModelKind, symbol: string, timeframe: string): string => `${kind} ${symbol} ${timeframe}`;

/** What is stored of a `model_activated` event. */
export function toActivation(
  event: Extract<LoggedEventOf<'market_data'>, { type: 'model_activated' }>,
): ModelActivation {
  const { kind, symbol, timeframe, model_id: modelId } = event.payload;
  return {
    part: event.part,
    off: event.off,
    kind: kind as ModelKind,
    symbol,
    timeframe: timeframe as Timeframe,
    modelId,
  };
}
