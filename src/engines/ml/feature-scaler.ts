/** What a model needs to read features and to speak in returns; learnt on its training part only, stored with it. */
export interface FeatureScaler {
  /** Per feature: subtracted first. */
  readonly featureMeans: readonly number[];
  /** Per feature: divided by then; above 0. */
  readonly featureScales: readonly number[];
  /** A target of 1 is a log return of this size; above 0. */
  readonly targetScale: number;
}

/** Scaled features and training targets are cut off here: one wild bar must not own the gradient. */
const MAX_DEVIATIONS = 5;

/**
 * Learns a scaler.
 *
 * The target is divided by its root mean square and not centred, so that an output of 0 means "the last price stays".
 * @param rows row-major [rows, featureCount] of the training part only, finite
 * @param targets log returns of the training part only, finite
 */
export function fitFeatureScaler(rows: Float64Array, featureCount: number, targets: Float64Array): FeatureScaler {
  const rowCount = rows.length / featureCount;
  const featureMeans: number[] = [];
  const featureScales: number[] = [];
  for (let feature = 0; feature < featureCount; feature += 1) {
    let sum = 0;
    for (let at = feature; at < rows.length; at += featureCount) sum += rows[at] as number;
    const mean = sum / rowCount;
    let squares = 0;
    for (let at = feature; at < rows.length; at += featureCount) squares += ((rows[at] as number) - mean) ** 2;
    featureMeans.push(mean);
    featureScales.push(scaleOrOne(Math.sqrt(squares / rowCount)));
  }
  const targetSquares = targets.reduce((sum, target) => sum + target * target, 0);
  return { featureMeans, featureScales, targetScale: scaleOrOne(Math.sqrt(targetSquares / targets.length)) };
}

/**
 * Scales windows of features.
 * @param windows row-major [..., features], unscaled
 * @returns a new Float32Array of the same shape, within +-5
 */
export function scaleFeatures(windows: Float32Array, scaler: FeatureScaler): Float32Array {
  const featureCount = scaler.featureMeans.length;
  const scaled = new Float32Array(windows.length);
  for (let at = 0; at < windows.length; at += 1) {
    const feature = at % featureCount;
    const mean = scaler.featureMeans[feature] as number;
    scaled[at] = cutOff(((windows[at] as number) - mean) / (scaler.featureScales[feature] as number));
  }
  return scaled;
}

/** Training targets out of log returns: divided by the target scale, within +-5. */
export function scaleTargets(logReturns: Float64Array, scaler: FeatureScaler): Float32Array {
  return Float32Array.from(logReturns, (logReturn) => cutOff(logReturn / scaler.targetScale));
}

function cutOff(value: number): number {
  return Math.max(-MAX_DEVIATIONS, Math.min(MAX_DEVIATIONS, value));
}

/** A feature that never varied carries nothing; its scale only must not be 0. */
function scaleOrOne(scale: number): number {
  return scale > 0 ? scale : 1;
}
