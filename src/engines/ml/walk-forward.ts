import { predictionSkill, type PredictionSkill } from '../metrics/prediction-skill.js';
import type { BarColumns } from './bar-columns.js';
import type { SampleRange } from './chronological-split.js';
import { lstmFeatureRows, lstmWindows, PREDICTION_BARS } from './lstm-features.js';
import { fitLstm } from './lstm-fit.js';
import { LstmForward } from './lstm-forward.js';
import { LstmPredictor } from './lstm-predictor.js';
import { SeededRandom } from './seeded-random.js';
import type { LstmTrainingSettings } from './training-settings.js';

/** Fewer leave less than 70 samples to learn from and 12 to stop by. */
export const MIN_WALK_FORWARD_BARS = 200;
/** Of the samples of a training. */
const VALIDATION_SHARE = 0.15;

export interface WalkForwardSettings {
  /** Bars that each model is trained on, MIN_WALK_FORWARD_BARS at least. */
  readonly trainBars: number;
  /** Bars that a model predicts before the next one takes over, 1 at least. */
  readonly retrainEveryBars: number;
  /** Each model draws a seed of its own from `seed`. */
  readonly lstm: LstmTrainingSettings;
}

/** The bars that one model predicted, and what was known of the models before it. */
export interface WalkForwardBlock {
  /** Index of its first bar. */
  readonly start: number;
  /** Index after its last bar. */
  readonly end: number;
  /** Of all predictions before this block whose outcome lay before it too: none of them was trained on. */
  readonly evidence: PredictionSkill;
}

export interface WalkForwardForecasts {
  /** Log return from each bar's close to the next bar's, as predicted at that bar; NaN before the first model. */
  readonly predicted: Float64Array;
  readonly blocks: readonly WalkForwardBlock[];
  /** Of all predictions whose outcome is there. */
  readonly evidence: PredictionSkill;
}

/**
 * Trains an LSTM again and again along the bars, each on the `trainBars` bars right before the block that it predicts. What
 * is said of a bar depends on the bars up to it alone, to the last bit: blocks are counted from the first bar, the
 * models' seeds from the first model, and the skill of a block is that of the blocks before it.
 * @param onProgress called with the share that is done, in [0, 1], and the index of the bar it has come to
 * @throws RangeError for bars or settings that are not valid
 */
export async function walkForward(
  bars: BarColumns,
  { trainBars, retrainEveryBars, lstm }: WalkForwardSettings,
  onProgress: (fraction: number, barIndex: number) => void = () => {},
): Promise<WalkForwardForecasts> {
  assertWhole('trainBars', trainBars, MIN_WALK_FORWARD_BARS);
  assertWhole('retrainEveryBars', retrainEveryBars, 1);
  const rows = lstmFeatureRows(bars);
  const barCount = bars.closes.length;
  const outcomes = outcomesOf(bars.closes);
  const predicted = new Float64Array(barCount).fill(NaN);
  const evidenceBefore = (bar: number): PredictionSkill => {
    // The outcome of a bar is the close of the next one, which must lie before `bar` as well.
    const end = Math.max(trainBars, bar - 1);
    return predictionSkill(predicted.slice(trainBars, end), outcomes.slice(trainBars, end));
  };
  const random = new SeededRandom(lstm.seed);
  const blockCount = Math.max(0, Math.ceil((barCount - trainBars) / retrainEveryBars));
  const blocks: WalkForwardBlock[] = [];
  for (let start = trainBars; start < barCount; start += retrainEveryBars) {
    const end = Math.min(start + retrainEveryBars, barCount);
    blocks.push({ start, end, evidence: evidenceBefore(start) });
    const settings = { ...lstm, seed: random.nextUint32() };
    const fitted = await fitLstm(bars, rows, partsBefore(start, trainBars), settings, ({ epoch }) =>
      onProgress((blocks.length - 1 + epoch / lstm.epochs) / blockCount, start),
    );
    const predictor = new LstmPredictor(new LstmForward(lstm.units, fitted.weights), fitted.scaler);
    const lastBars = Uint32Array.from({ length: end - start }, (_, i) => start + i);
    predicted.set(predictor.predict(lstmWindows(rows, lastBars)), start);
    onProgress(blocks.length / blockCount, end - 1);
  }
  return { predicted, blocks, evidence: evidenceBefore(barCount) };
}

/** The samples that look at the bars from `end - trainBars` to before `end` only; no bar of one part is in the other. */
function partsBefore(end: number, trainBars: number): { training: SampleRange; validation: SampleRange } {
  const first = end - trainBars;
  const after = end - PREDICTION_BARS;
  const gap = PREDICTION_BARS - 1;
  const validationCount = Math.floor((after - first - gap) * VALIDATION_SHARE);
  const validation = { start: after - validationCount, end: after };
  return { training: { start: first, end: validation.start - gap }, validation };
}

/** Log return from each bar's close to the next one's; NaN for the last. */
function outcomesOf(closes: Float64Array): Float64Array {
  return closes.map((close, i) => Math.log((closes[i + 1] ?? NaN) / close));
}

function assertWhole(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new RangeError(`${name} must be a whole number of at least ${least}, not ${value}`);
}
