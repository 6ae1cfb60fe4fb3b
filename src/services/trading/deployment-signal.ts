import type { Deployment } from '../../domain/deployment.js';
import { timedId } from '../../domain/event-id.js';
import type { Signal } from '../../domain/signal.js';
import type { SliceBar, SliceSignal } from '../../engines/execution/slice.js';

/**
 * What a deployed strategy says of a bar, as a signal like any model's: HOLD where it decided nothing. It has no
 * measure of its confidence, so a decision counts as 1.
 */
export function deploymentSignal(deployment: Deployment, bar: SliceBar, decided: SliceSignal | null): Signal {
  const { source, params } = deployment;
  const { symbol, timeframe, closeTime, close } = bar;
  const { stopDistance = null, takeProfitDistance = null, entry = null } = decided ?? {};
  const reference = entry?.limitPrice ?? entry?.stopPrice ?? close;
  return {
    id: decided?.id ?? timedId(closeTime, 'signal', source, symbol, timeframe),
    source,
    symbol,
    timeframe,
    timestamp: closeTime,
    barTimestamp: bar.timestamp,
    action: decided?.action ?? 'HOLD',
    reason: decided === null ? 'NO_DECISION' : 'STRATEGY_DECISION',
    confidence: decided === null ? 0 : 1,
    predictedPrice: null,
    currentPrice: close,
    stopLoss: stopDistance === null ? null : reference - stopDistance,
    takeProfit: takeProfitDistance === null ? null : reference + takeProfitDistance,
    stopDistance,
    takeProfitDistance,
    settings: numbersOf({ ...params, ...entry }),
    predictionId: null,
    modelId: null,
  };
}

/** Settings of signals are numbers: what is true counts as 1, what is text is told by the deployment. */
function numbersOf(values: object): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'number') numbers[name] = value;
    if (typeof value === 'boolean') numbers[name] = Number(value);
  }
  return numbers;
}
