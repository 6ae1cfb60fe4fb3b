import type { Pool } from 'pg';
import type { Anomaly } from '../../domain/anomaly.js';
import type { LogPosition } from '../../domain/events.js';
import type { Model, ModelKind, Prediction } from '../../domain/model.js';
import type { Signal } from '../../domain/signal.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { MlStore, ModelActivation, ModelWithArtifact, NewModel } from '../../ports/ml-store.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { MODEL_COLUMNS, toModel, type ModelRow } from './model-rows.js';
import { pgTransaction } from './transaction.js';

const iso = (time: number): string => new Date(time).toISOString();

/** Models, predictions, signals and anomalies in PostgreSQL. Rows of a batch are inserted in one statement a table. */
export class PgMlStore implements MlStore {
  constructor(private readonly pool: Pool) {}

  async saveModel(tx: Transaction, model: NewModel, artifact: Uint8Array): Promise<void> {
    await pgTransaction(tx).query(
      `INSERT INTO models (id, kind, symbol, timeframe, version, status, backend, trained_from, trained_to, skill,
         skill_standard_error, directional_accuracy, held_out_count, seed, training_seconds, artifact)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        model.id,
        model.kind,
        model.symbol,
        model.timeframe,
        model.version,
        model.status,
        model.backend,
        iso(model.trainedFrom),
        iso(model.trainedTo),
        model.skill,
        model.skillStandardError,
        model.directionalAccuracy,
        model.heldOutCount,
        model.seed,
        model.trainingSeconds,
        Buffer.from(artifact.buffer, artifact.byteOffset, artifact.byteLength),
      ],
    );
  }

  async retireReadyModels(tx: Transaction, kind: ModelKind, symbol: string, timeframe: Timeframe): Promise<void> {
    await pgTransaction(tx).query(
      "UPDATE models SET status = 'RETIRED' WHERE kind = $1 AND symbol = $2 AND timeframe = $3 AND status = 'READY'",
      [kind, symbol, timeframe],
    );
  }

  async dropFailedModels(tx: Transaction, kind: ModelKind, symbol: string, timeframe: Timeframe): Promise<void> {
    await pgTransaction(tx).query(
      "DELETE FROM models WHERE kind = $1 AND symbol = $2 AND timeframe = $3 AND status = 'FAILED'",
      [kind, symbol, timeframe],
    );
  }

  async model(id: string): Promise<ModelWithArtifact | null> {
    const { rows } = await this.pool.query<ModelRow & { artifact: Buffer }>(
      `SELECT ${MODEL_COLUMNS}, artifact FROM models WHERE id = $1`,
      [id],
    );
    const [row] = rows;
    return row === undefined ? null : { model: toModel(row), artifact: new Uint8Array(row.artifact) };
  }

  async readyModel(kind: ModelKind, symbol: string, timeframe: Timeframe): Promise<Model | null> {
    const { rows } = await this.pool.query<ModelRow>(
      `SELECT ${MODEL_COLUMNS} FROM models
       WHERE kind = $1 AND symbol = $2 AND timeframe = $3 AND status = 'READY' ORDER BY version DESC LIMIT 1`,
      [kind, symbol, timeframe],
    );
    return rows[0] === undefined ? null : toModel(rows[0]);
  }

  async nextVersion(kind: ModelKind, symbol: string, timeframe: Timeframe): Promise<number> {
    const { rows } = await this.pool.query<{ next: number }>(
      `SELECT coalesce(max(version), 0) + 1 AS next FROM models WHERE kind = $1 AND symbol = $2 AND timeframe = $3`,
      [kind, symbol, timeframe],
    );
    return rows[0]?.next ?? 1;
  }

  async savePredictions(tx: Transaction, predictions: readonly Prediction[]): Promise<void> {
    if (predictions.length === 0) return;
    await pgTransaction(tx).query(
      `INSERT INTO predictions (id, model_id, symbol, timeframe, "timestamp", bar_timestamp, current_price,
         predicted_price, expected_change, input_from, input_to)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[],
         $7::float8[], $8::float8[], $9::float8[], $10::timestamptz[], $11::timestamptz[])
       ON CONFLICT DO NOTHING`,
      [
        predictions.map((prediction) => prediction.id),
        predictions.map((prediction) => prediction.modelId),
        predictions.map((prediction) => prediction.symbol),
        predictions.map((prediction) => prediction.timeframe),
        predictions.map((prediction) => iso(prediction.timestamp)),
        predictions.map((prediction) => iso(prediction.barTimestamp)),
        predictions.map((prediction) => prediction.currentPrice),
        predictions.map((prediction) => prediction.predictedPrice),
        predictions.map((prediction) => prediction.expectedChange),
        predictions.map((prediction) => iso(prediction.inputFrom)),
        predictions.map((prediction) => iso(prediction.inputTo)),
      ],
    );
  }

  async saveSignals(tx: Transaction, signals: readonly Signal[]): Promise<void> {
    if (signals.length === 0) return;
    await pgTransaction(tx).query(
      `INSERT INTO trading_signals (id, source, symbol, timeframe, "timestamp", bar_timestamp, action, reason,
         confidence, predicted_price, current_price, stop_loss, take_profit, stop_distance, take_profit_distance,
         settings, prediction_id, model_id)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[],
         $7::text[], $8::text[], $9::float8[], $10::float8[], $11::float8[], $12::float8[], $13::float8[],
         $14::float8[], $15::float8[], $16::jsonb[], $17::uuid[], $18::uuid[])
       ON CONFLICT DO NOTHING`,
      [
        signals.map((signal) => signal.id),
        signals.map((signal) => signal.source),
        signals.map((signal) => signal.symbol),
        signals.map((signal) => signal.timeframe),
        signals.map((signal) => iso(signal.timestamp)),
        signals.map((signal) => iso(signal.barTimestamp)),
        signals.map((signal) => signal.action),
        signals.map((signal) => signal.reason),
        signals.map((signal) => signal.confidence),
        signals.map((signal) => signal.predictedPrice),
        signals.map((signal) => signal.currentPrice),
        signals.map((signal) => signal.stopLoss),
        signals.map((signal) => signal.takeProfit),
        signals.map((signal) => signal.stopDistance),
        signals.map((signal) => signal.takeProfitDistance),
        signals.map((signal) => JSON.stringify(signal.settings)),
        signals.map((signal) => signal.predictionId),
        signals.map((signal) => signal.modelId),
      ],
    );
  }

  async saveAnomalies(tx: Transaction, anomalies: readonly Anomaly[]): Promise<void> {
    if (anomalies.length === 0) return;
    await pgTransaction(tx).query(
      `INSERT INTO anomalies (id, model_id, symbol, timeframe, "timestamp", bar_timestamp, anomaly_score, raw_score,
         anomaly_type, severity, description)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[],
         $7::float8[], $8::float8[], $9::text[], $10::text[], $11::text[])
       ON CONFLICT DO NOTHING`,
      [
        anomalies.map((anomaly) => anomaly.id),
        anomalies.map((anomaly) => anomaly.modelId),
        anomalies.map((anomaly) => anomaly.symbol),
        anomalies.map((anomaly) => anomaly.timeframe),
        anomalies.map((anomaly) => iso(anomaly.timestamp)),
        anomalies.map((anomaly) => iso(anomaly.barTimestamp)),
        anomalies.map((anomaly) => anomaly.anomalyScore),
        anomalies.map((anomaly) => anomaly.rawScore),
        anomalies.map((anomaly) => anomaly.anomalyType),
        anomalies.map((anomaly) => anomaly.severity),
        anomalies.map((anomaly) => anomaly.description),
      ],
    );
  }

  async saveActivations(tx: Transaction, activations: readonly ModelActivation[]): Promise<void> {
    if (activations.length === 0) return;
    await pgTransaction(tx).query(
      `INSERT INTO model_activations (part, off, kind, symbol, timeframe, model_id)
       SELECT * FROM unnest($1::integer[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::uuid[])
       ON CONFLICT DO NOTHING`,
      [
        activations.map((activation) => activation.part),
        activations.map((activation) => activation.off),
        activations.map((activation) => activation.kind),
        activations.map((activation) => activation.symbol),
        activations.map((activation) => activation.timeframe),
        activations.map((activation) => activation.modelId),
      ],
    );
  }

  async activationsBefore(place: LogPosition, symbols: readonly string[]): Promise<readonly ModelActivation[]> {
    const { rows } = await this.pool.query<ModelActivation>({
      name: 'activations-before',
      text: `SELECT DISTINCT ON (symbol, timeframe, kind) symbol, timeframe, kind, model_id AS "modelId", part, off
             FROM model_activations WHERE symbol = ANY ($1) AND part = $2 AND off < $3
             ORDER BY symbol, timeframe, kind, off DESC`,
      values: [symbols, place.part, place.off],
    });
    return rows;
  }
}
