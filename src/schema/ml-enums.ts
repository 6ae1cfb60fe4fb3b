import type { AnomalySeverity, AnomalyType } from '../domain/anomaly.js';
import type { ModelBackend, ModelKind, ModelStatus } from '../domain/model.js';
import type { SignalAction as SignalActionName, SignalReason } from '../domain/signal.js';
import { defineEnum } from './define-enum.js';

export const SignalAction = defineEnum<SignalActionName>(
  'SignalAction',
  'What a signal aims at: a target, not an order.',
  {
    BUY: 'Be long.',
    SELL: 'Be flat.',
    HOLD: 'Leave it as it is.',
  },
);

export const SignalReasonEnum = defineEnum<SignalReason>('SignalReason', 'Why a signal is what it is.', {
  PREDICTED_RISE: 'The predicted rise is past the threshold and the costs.',
  PREDICTED_FALL: 'The predicted fall is past the threshold and the costs.',
  PREDICTION_BELOW_THRESHOLD: 'The predicted change does not pass the threshold or the costs.',
  NO_SKILL:
    'The model is not told apart from the last price out of sample: its skill is within two standard errors of 0.',
  CROSSED_ABOVE: 'The fast average crossed above the slow one on this bar.',
  CROSSED_BELOW: 'The fast average crossed below the slow one on this bar.',
  NO_CROSS: 'The averages did not cross on this bar.',
  STRATEGY_DECISION: 'The strategy decided so; its code says why.',
  NO_DECISION: 'The strategy decided nothing on this bar.',
});

export const SignalSourceKindEnum = defineEnum<'MODEL' | 'STRATEGY'>('SignalSourceKind', 'What makes a signal.', {
  MODEL: 'A trained model.',
  STRATEGY: 'A rule.',
});

export const ModelKindEnum = defineEnum<ModelKind>('ModelKind', 'Kind of a model.', {
  LSTM: 'Predicts the next close from the last 30 bars.',
  ISOLATION_FOREST: 'Finds unusual bars.',
});

export const ModelStatusEnum = defineEnum<ModelStatus>('ModelStatus', 'Where a model stands.', {
  TRAINING: 'Being trained.',
  READY: 'Trained; the newest one of its kind and symbol is in use.',
  FAILED: 'Training failed.',
  RETIRED: 'No longer used.',
});

export const ModelBackendEnum = defineEnum<'TFJS_NODE' | 'TFJS_WASM' | 'NONE'>(
  'ModelBackend',
  'What computes a model. Results differ in the last digits between backends.',
  {
    TFJS_NODE: 'TensorFlow.js on native libraries.',
    TFJS_WASM: 'TensorFlow.js on WebAssembly.',
    NONE: 'Plain JavaScript.',
  },
);

/** GraphQL names cannot hold a hyphen. */
export const MODEL_BACKENDS: Readonly<Record<ModelBackend, keyof typeof ModelBackendEnum>> = {
  'tfjs-node': 'TFJS_NODE',
  'tfjs-wasm': 'TFJS_WASM',
  none: 'NONE',
};

export const AnomalyTypeEnum = defineEnum<AnomalyType>('AnomalyType', 'What is unusual about a bar.', {
  PRICE_SPIKE: 'The price rose unusually.',
  PRICE_DROP: 'The price fell unusually.',
  VOLUME_SPIKE: 'The volume is unusually high.',
  RANGE_EXPANSION: 'The range from low to high is unusually wide.',
  UNUSUAL_PATTERN: 'No single feature stands out; together they are unusual.',
});

export const AnomalySeverityEnum = defineEnum<AnomalySeverity>(
  'AnomalySeverity',
  'How far below the threshold an anomaly lies.',
  {
    LOW: 'Just below it.',
    MEDIUM: 'Clearly below it.',
    HIGH: 'Far below it.',
  },
);
