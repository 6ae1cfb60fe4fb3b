import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Anomaly, AnomalySeverity, AnomalyType } from '../../../domain/anomaly.js';
import type { Model, ModelBackend, ModelKind, ModelStatus, Prediction } from '../../../domain/model.js';
import type { Signal, SignalAction, SignalReason } from '../../../domain/signal.js';
import type { Timeframe } from '../../../domain/timeframe.js';
import { EpochMilliseconds } from './epoch-milliseconds.js';

@Entity({ tableName: 'models' })
export class ModelEntity implements Model {
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @Property({ type: 'text' })
  kind: ModelKind;

  @Property({ type: 'text' })
  symbol: string;

  @Property({ type: 'text' })
  timeframe: Timeframe;

  @Property({ type: 'integer' })
  version: number;

  @Property({ type: 'text' })
  status: ModelStatus;

  @Property({ type: 'text' })
  backend: ModelBackend;

  @Property({ type: EpochMilliseconds })
  trainedFrom: number;

  @Property({ type: EpochMilliseconds })
  trainedTo: number;

  @Property({ type: 'double', nullable: true })
  skill: number | null;

  @Property({ type: 'double', nullable: true })
  skillStandardError: number | null;

  @Property({ type: 'double', nullable: true })
  directionalAccuracy: number | null;

  @Property({ type: 'integer' })
  heldOutCount: number;

  @Property({ type: 'integer' })
  seed: number;

  @Property({ type: 'double' })
  trainingSeconds: number;

  @Property({ type: EpochMilliseconds })
  createdAt: number;

  /** Megabytes: named so that no read takes it along. */
  @Property({ type: 'blob', lazy: true })
  artifact?: Uint8Array;
}

@Entity({ tableName: 'predictions' })
export class PredictionEntity implements Prediction {
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @Property({ type: 'uuid' })
  modelId: string;

  @Property({ type: 'text' })
  symbol: string;

  @Property({ type: 'text' })
  timeframe: Timeframe;

  @Property({ type: EpochMilliseconds })
  timestamp: number;

  @Property({ type: EpochMilliseconds })
  barTimestamp: number;

  @Property({ type: 'double' })
  currentPrice: number;

  @Property({ type: 'double' })
  predictedPrice: number;

  @Property({ type: 'double' })
  expectedChange: number;

  @Property({ type: EpochMilliseconds })
  inputFrom: number;

  @Property({ type: EpochMilliseconds })
  inputTo: number;
}

@Entity({ tableName: 'trading_signals' })
export class SignalEntity implements Signal {
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @Property({ type: 'text' })
  source: string;

  @Property({ type: 'text' })
  symbol: string;

  @Property({ type: 'text' })
  timeframe: Timeframe;

  @Property({ type: EpochMilliseconds })
  timestamp: number;

  @Property({ type: EpochMilliseconds })
  barTimestamp: number;

  @Property({ type: 'text' })
  action: SignalAction;

  @Property({ type: 'text' })
  reason: SignalReason;

  @Property({ type: 'double' })
  confidence: number;

  @Property({ type: 'double', nullable: true })
  predictedPrice: number | null;

  @Property({ type: 'double' })
  currentPrice: number;

  @Property({ type: 'double', nullable: true })
  stopLoss: number | null;

  @Property({ type: 'double', nullable: true })
  takeProfit: number | null;

  @Property({ type: 'double', nullable: true })
  stopDistance: number | null;

  @Property({ type: 'double', nullable: true })
  takeProfitDistance: number | null;

  @Property({ type: 'json' })
  settings: Record<string, number>;

  @Property({ type: 'uuid', nullable: true })
  predictionId: string | null;

  @Property({ type: 'uuid', nullable: true })
  modelId: string | null;
}

@Entity({ tableName: 'anomalies' })
export class AnomalyEntity implements Anomaly {
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @Property({ type: 'uuid' })
  modelId: string;

  @Property({ type: 'text' })
  symbol: string;

  @Property({ type: 'text' })
  timeframe: Timeframe;

  @Property({ type: EpochMilliseconds })
  timestamp: number;

  @Property({ type: EpochMilliseconds })
  barTimestamp: number;

  @Property({ type: 'double' })
  anomalyScore: number;

  @Property({ type: 'double' })
  rawScore: number;

  @Property({ type: 'text' })
  anomalyType: AnomalyType;

  @Property({ type: 'text' })
  severity: AnomalySeverity;

  @Property({ type: 'text' })
  description: string;
}
