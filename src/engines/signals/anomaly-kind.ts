import type { AnomalySeverity, AnomalyType } from '../../domain/anomaly.js';
import type { BarSeries } from '../../domain/bar.js';
import { FOREST_BARS, FOREST_REFERENCE_BARS, latestForestRow } from '../ml/forest-features.js';
import { lastBarsOf } from './bar-window.js';

/** How far the last bar stands out from the FOREST_REFERENCE_BARS bars before it. */
export interface BarSurprise {
  /** ln(close / previous close). */
  readonly logReturn: number;
  /** |log return| in standard deviations of the returns before it, 0 to 20. */
  readonly returnDeviations: number;
  /** ln(1 + volume) in standard deviations from the mean of the bars before it, -20 to 20. */
  readonly volumeDeviations: number;
  /** (high - low) / close as a multiple of the mean of the bars before it, 0 to 20. */
  readonly rangeMultiple: number;
}

export interface AnomalyKind {
  readonly type: AnomalyType;
  readonly severity: AnomalySeverity;
  /** One sentence with the measured values. */
  readonly description: string;
}

/** Three deviations, and three times the usual range: past them a bar has a name of its own. */
const NOTABLE = 3;
const LARGEST_MULTIPLE = 20;
/** Depths below the forest's border. Scores reach from 0 to about -0.35: an ordinary outlier, a strong one, one of a kind. */
const MEDIUM_BELOW = -0.05;
const HIGH_BELOW = -0.15;

/**
 * Measures the last bar of a window against the bars before it.
 * @param window validated bars, oldest first
 * @returns null for fewer than FOREST_BARS bars
 */
export function barSurprise(window: BarSeries): BarSurprise | null {
  const seen = lastBarsOf(window, FOREST_BARS);
  const row = latestForestRow(seen);
  if (row === null) return null;
  const [logReturn = 0, returnDeviations = 0, range = 0, volumeDeviations = 0] = row;
  return { logReturn, returnDeviations, volumeDeviations, rangeMultiple: multiple(range, usualRange(seen)) };
}

/**
 * Names an anomaly after what stands out most: the price's move (PRICE_SPIKE, PRICE_DROP), the volume (VOLUME_SPIKE) or
 * the range (RANGE_EXPANSION), each past three times the usual; UNUSUAL_PATTERN when only the combination is unusual.
 * On equal terms the price goes before the volume and the volume before the range.
 * @param anomalyScore decision function of the forest, below 0; deeper than 0.05 is MEDIUM, deeper than 0.15 HIGH
 */
export function anomalyKind(surprise: BarSurprise, anomalyScore: number): AnomalyKind {
  const { logReturn, returnDeviations, volumeDeviations, rangeMultiple } = surprise;
  const candidates: readonly { type: AnomalyType; size: number; text: string }[] = [
    {
      type: logReturn < 0 ? 'PRICE_DROP' : 'PRICE_SPIKE',
      size: returnDeviations,
      text: `Price moved ${percent(Math.expm1(logReturn))}, ${returnDeviations.toFixed(1)} standard deviations`,
    },
    {
      type: 'VOLUME_SPIKE',
      size: volumeDeviations,
      text: `Volume is ${volumeDeviations.toFixed(1)} standard deviations above its mean (in logarithms)`,
    },
    { type: 'RANGE_EXPANSION', size: rangeMultiple, text: `Range is ${rangeMultiple.toFixed(1)} times its mean` },
  ];
  const largest = candidates.reduce((best, candidate) => (candidate.size > best.size ? candidate : best));
  const severity = anomalySeverity(anomalyScore);
  const context = `of the ${FOREST_REFERENCE_BARS} bars before (score ${anomalyScore.toFixed(3)})`;
  if (largest.size >= NOTABLE) return { type: largest.type, severity, description: `${largest.text} ${context}` };
  const description =
    `Unusual combination: return ${percent(Math.expm1(logReturn))}, volume ${volumeDeviations.toFixed(1)} standard ` +
    `deviations, range ${rangeMultiple.toFixed(1)} times the mean ${context}`;
  return { type: 'UNUSUAL_PATTERN', severity, description };
}

/** LOW, MEDIUM or HIGH by how far the decision function is below 0. */
export function anomalySeverity(anomalyScore: number): AnomalySeverity {
  if (anomalyScore < HIGH_BELOW) return 'HIGH';
  return anomalyScore < MEDIUM_BELOW ? 'MEDIUM' : 'LOW';
}

/** Mean of (high - low) / close of all bars but the last and the first, which only serves for a return. */
function usualRange({ highs, lows, closes }: BarSeries): number {
  const last = closes.length - 1;
  let sum = 0;
  for (let i = last - FOREST_REFERENCE_BARS; i < last; i += 1) {
    sum += ((highs[i] as number) - (lows[i] as number)) / (closes[i] as number);
  }
  return sum / FOREST_REFERENCE_BARS;
}

/** After bars without any range a range of any size is infinitely unusual, and one number must say so. */
function multiple(value: number, usual: number): number {
  if (value === 0) return 0;
  return usual > 0 ? Math.min(LARGEST_MULTIPLE, value / usual) : LARGEST_MULTIPLE;
}

function percent(fraction: number): string {
  return `${fraction >= 0 ? '+' : ''}${(100 * fraction).toFixed(2)} %`;
}
