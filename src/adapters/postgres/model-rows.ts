import type { Model } from '../../domain/model.js';

/** A row of `models` as pg reads it, without the artifact. */
export interface ModelRow {
  readonly id: string;
  readonly kind: Model['kind'];
  readonly symbol: string;
  readonly timeframe: Model['timeframe'];
  readonly version: number;
  readonly status: Model['status'];
  readonly backend: Model['backend'];
  readonly trained_from: Date;
  readonly trained_to: Date;
  readonly skill: number | null;
  readonly skill_standard_error: number | null;
  readonly directional_accuracy: number | null;
  readonly held_out_count: number;
  readonly seed: number;
  readonly training_seconds: number;
  readonly created_at: Date;
}

export const MODEL_COLUMNS = `id, kind, symbol, timeframe, version, status, backend, trained_from, trained_to, skill,
  skill_standard_error, directional_accuracy, held_out_count, seed, training_seconds, created_at`;

export const toModel = (row: ModelRow): Model => ({
  id: row.id,
  kind: row.kind,
  symbol: row.symbol,
  timeframe: row.timeframe,
  version: row.version,
  status: row.status,
  backend: row.backend,
  trainedFrom: row.trained_from.getTime(),
  trainedTo: row.trained_to.getTime(),
  skill: row.skill,
  skillStandardError: row.skill_standard_error,
  directionalAccuracy: row.directional_accuracy,
  heldOutCount: row.held_out_count,
  seed: row.seed,
  trainingSeconds: row.training_seconds,
  createdAt: row.created_at.getTime(),
});
