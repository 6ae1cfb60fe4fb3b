import { type MarketState, TRAILING_BARS } from '../../domain/account-state.js';
import type { TradedInstrument } from './trading-settings.js';
import { timeframeMs } from '../../domain/timeframe.js';
import { nearestTicks } from '../portfolio/instrument-scale.js';
import { volumeShareLots } from './fill-price.js';
import type { SliceBar } from './slice.js';

/** A bar's prices in ticks. */
export interface BarTicks {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

export const barTicks = ({ scale }: TradedInstrument, bar: SliceBar): BarTicks => ({
  open: nearestTicks(scale, bar.open),
  high: nearestTicks(scale, bar.high),
  low: nearestTicks(scale, bar.low),
  close: nearestTicks(scale, bar.close),
});

/** What a symbol leaves behind for its next bar, after `bar`. */
export function afterBar(before: MarketState | undefined, bar: SliceBar, closeTicks: number): MarketState {
  const volumes = before === undefined ? [bar.volume] : withNext(before.volumes, bar.volume);
  return {
    lastTicks: closeTicks,
    lastCloseTime: bar.closeTime,
    pricedAt: bar.pricedAt ?? bar.timestamp,
    timeframeMs: timeframeMs(bar.timeframe),
    volumes,
  };
}

/** The last volumes with one more. Those that are complete move up in a copy: joining two arrays costs four times that. */
function withNext(volumes: readonly number[], volume: number): number[] {
  if (volumes.length < TRAILING_BARS) return [...volumes, volume];
  const next = volumes.slice(-TRAILING_BARS);
  for (let k = 1; k < TRAILING_BARS; k += 1) next[k - 1] = next[k] as number;
  next[TRAILING_BARS - 1] = volume;
  return next;
}

/**
 * Lots that an account's orders may take of a bar together: a share of the mean volume of the bars BEFORE it. Of a
 * symbol without any past, a share of the bar's own volume.
 */
export function barBudgetLots(instrument: TradedInstrument, before: MarketState | undefined, bar: SliceBar): number {
  const mean = meanVolume(before?.volumes ?? []) ?? bar.volume;
  return volumeShareLots(mean, instrument.costs.volumeShare, instrument.scale.lotsPerUnit);
}

function meanVolume(volumes: readonly number[]): number | null {
  if (volumes.length === 0) return null;
  let sum = 0;
  for (const volume of volumes) sum += volume;
  return sum / volumes.length;
}
