/** How a model's predicted returns did on samples it never saw. */
export interface PredictionSkill {
  /** 1 - modelMse / naiveMse: 1 is perfect, 0 is the last price, below 0 is worse. Null when no return differs from 0. */
  readonly skill: number | null;
  /**
   * Standard error of the skill, from the paired squared errors of both forecasts (as Diebold and Mariano 1995 compare
   * two forecasts, without autocorrelation). A skill within two of it is not told from luck. Null where skill is, or under 2 samples.
   */
  readonly skillStandardError: number | null;
  /** Mean squared error of the predicted log returns; null without samples. */
  readonly modelMse: number | null;
  /** Mean squared error of the forecast "the last price stays", the mean squared log return; null without samples. */
  readonly naiveMse: number | null;
  /** Share in [0, 1] of right signs among the samples where price and prediction both moved; null when there is none. */
  readonly directionalAccuracy: number | null;
  /** Samples that directionalAccuracy was taken of. */
  readonly directionalCount: number;
  /** Samples that the errors were taken of. */
  readonly count: number;
}

/**
 * Measures predicted against actual log returns of the same samples.
 * @throws RangeError for different lengths or a value that is not finite
 */
export function predictionSkill(predicted: Float64Array, actual: Float64Array): PredictionSkill {
  if (predicted.length !== actual.length) {
    throw new RangeError(`${predicted.length} predictions for ${actual.length} returns`);
  }
  let modelSquares = 0;
  let naiveSquares = 0;
  let gainSquares = 0;
  let directionalCount = 0;
  let rightCount = 0;
  for (let i = 0; i < actual.length; i += 1) {
    const forecast = predicted[i] as number;
    const outcome = actual[i] as number;
    if (!Number.isFinite(forecast) || !Number.isFinite(outcome)) {
      throw new RangeError(`Sample ${i} has the prediction ${forecast} and the return ${outcome}`);
    }
    const modelSquare = (forecast - outcome) ** 2;
    const naiveSquare = outcome ** 2;
    modelSquares += modelSquare;
    naiveSquares += naiveSquare;
    gainSquares += (naiveSquare - modelSquare) ** 2;
    if (forecast !== 0 && outcome !== 0) {
      directionalCount += 1;
      if (forecast > 0 === outcome > 0) rightCount += 1;
    }
  }
  const count = actual.length;
  return {
    skillStandardError: skillStandardError(naiveSquares, modelSquares, gainSquares, count),
    skill: naiveSquares > 0 ? 1 - modelSquares / naiveSquares : null,
    modelMse: count > 0 ? modelSquares / count : null,
    naiveMse: count > 0 ? naiveSquares / count : null,
    directionalAccuracy: directionalCount > 0 ? rightCount / directionalCount : null,
    directionalCount,
    count,
  };
}

/** Standard error of mean(naive - model) over the mean naive error, which is taken as known. */
function skillStandardError(
  naiveSquares: number,
  modelSquares: number,
  gainSquares: number,
  count: number,
): number | null {
  if (!(naiveSquares > 0) || count < 2) return null;
  const meanGain = (naiveSquares - modelSquares) / count;
  const variance = Math.max(0, gainSquares - count * meanGain * meanGain) / (count - 1);
  return Math.sqrt(variance / count) / (naiveSquares / count);
}
