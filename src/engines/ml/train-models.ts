import { predictionSkill, type PredictionSkill } from '../metrics/prediction-skill.js';
import type { BarColumns } from './bar-columns.js';
import { chronologicalSplit } from './chronological-split.js';
import { FOREST_BARS, FOREST_FEATURE_COUNT, forestFeatureRows } from './forest-features.js';
import { IsolationForest } from './isolation-forest.js';
import { encodeLstmArtifact, lstmManifest, type LstmManifest } from './lstm-artifact.js';
import { lstmFeatureRows, lstmWindows, PREDICTION_BARS } from './lstm-features.js';
import { fitLstm, lastBarsOf, nextReturns } from './lstm-fit.js';
import { LstmForward } from './lstm-forward.js';
import { LstmPredictor } from './lstm-predictor.js';
import {
  DEFAULT_LSTM_SETTINGS,
  MAX_TRAINING_BARS,
  MIN_TRAINING_BARS,
  TooFewBarsError,
  type ModelTrainingSettings,
} from './training-settings.js';

/** A trained LSTM with the evidence for it, all of it from bars that training never saw. */
export interface TrainedLstmModel extends PredictionSkill {
  /** What the model store keeps: manifest, scaler and weights in one. */
  readonly artifact: Uint8Array;
  readonly manifest: LstmManifest;
  readonly epochsRun: number;
  readonly bestEpoch: number;
  /** Open times of the first and last bar whose return was predicted for the skill, epoch milliseconds UTC. */
  readonly testedFrom: number;
  readonly testedTo: number;
}

export interface TrainedForestModel {
  /** What the model store keeps: `IsolationForest.fromBytes` reads it. */
  readonly artifact: Uint8Array;
  /** Rows it was grown on. */
  readonly rowCount: number;
}

export interface TrainedModels {
  readonly lstm: TrainedLstmModel;
  readonly forest: TrainedForestModel;
  /** Bars used, and the open times of the first and last of them. */
  readonly barCount: number;
  readonly trainedFrom: number;
  readonly trainedTo: number;
}

/**
 * Trains both models of one symbol: features, the LSTM, its skill on the newest fifth, then the forest on all rows.
 *
 * Training, validation and test follow each other in time, with PREDICTION_BARS - 1 samples left out between them: no
 * bar that one part looks at is looked at by the next. The scaler is learnt on the training part only, and the test part is
 * predicted once, by the finished model. The forest learns from all rows: it predicts nothing, so there is nothing to leak.
 * @param bars validated bars, oldest first; the newest MAX_TRAINING_BARS are used
 * @param onProgress called with a fraction in [0, 1] and what is being done
 * @throws TooFewBarsError below MIN_TRAINING_BARS; RangeError for bars or settings that are not valid
 */
export async function trainModels(
  bars: BarColumns,
  settings: ModelTrainingSettings,
  onProgress: (fraction: number, message: string) => void = () => {},
): Promise<TrainedModels> {
  const used = newestBars(bars, MAX_TRAINING_BARS);
  const barCount = used.closes.length;
  if (barCount < MIN_TRAINING_BARS) throw new TooFewBarsError(barCount);
  onProgress(0, `building features of ${barCount} bars`);
  const forest = trainForest(used, settings);
  const lstm = await trainAndTestLstm(used, settings, onProgress);
  onProgress(1, 'trained');
  const trainedFrom = used.timestamps[0] as number;
  const trainedTo = used.timestamps[barCount - 1] as number;
  return { lstm, forest, barCount, trainedFrom, trainedTo };
}

function trainForest(bars: BarColumns, { forest: options, seed }: ModelTrainingSettings): TrainedForestModel {
  const rows = forestFeatureRows(bars).subarray((FOREST_BARS - 1) * FOREST_FEATURE_COUNT);
  const forest = IsolationForest.fit(rows, FOREST_FEATURE_COUNT, { ...options, seed });
  return { artifact: forest.toBytes(), rowCount: rows.length / FOREST_FEATURE_COUNT };
}

async function trainAndTestLstm(
  bars: BarColumns,
  settings: ModelTrainingSettings,
  onProgress: (fraction: number, message: string) => void,
): Promise<TrainedLstmModel> {
  const lstmSettings = { ...DEFAULT_LSTM_SETTINGS, ...settings.lstm, seed: settings.seed };
  const rows = lstmFeatureRows(bars);
  const sampleCount = bars.closes.length - PREDICTION_BARS;
  const split = chronologicalSplit(sampleCount, PREDICTION_BARS - 1);
  if (split === null) throw new TooFewBarsError(bars.closes.length);

  const { scaler, ...trained } = await fitLstm(bars, rows, split, lstmSettings, ({ epoch, validationMse }) =>
    onProgress(
      (0.98 * epoch) / lstmSettings.epochs,
      `epoch ${epoch} of at most ${lstmSettings.epochs}, validation error ${validationMse.toFixed(4)}`,
    ),
  );

  // With the arithmetic that it will run with, not training's.
  const predictor = new LstmPredictor(new LstmForward(lstmSettings.units, trained.weights), scaler);
  const predicted = predictor.predict(lstmWindows(rows, lastBarsOf(split.test)));
  const manifest = lstmManifest(lstmSettings.units, scaler);
  return {
    ...predictionSkill(predicted, nextReturns(bars, split.test)),
    artifact: encodeLstmArtifact({ manifest, weights: trained.weights }),
    manifest,
    epochsRun: trained.epochs.length,
    bestEpoch: trained.bestEpoch,
    testedFrom: bars.timestamps[split.test.start + PREDICTION_BARS] as number,
    testedTo: bars.timestamps[split.test.end + PREDICTION_BARS - 1] as number,
  };
}

function newestBars(bars: BarColumns, count: number): BarColumns {
  const { timestamps, opens, highs, lows, closes, volumes } = bars;
  if (timestamps.length <= count) return bars;
  const newest = (column: Float64Array): Float64Array => column.slice(-count);
  return {
    timestamps: newest(timestamps),
    opens: newest(opens),
    highs: newest(highs),
    lows: newest(lows),
    closes: newest(closes),
    volumes: newest(volumes),
  };
}
