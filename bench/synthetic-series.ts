import type { BarSeries } from '../src/domain/bar.js';
import { timeframeMs, type Timeframe } from '../src/domain/timeframe.js';
import { SeededRandom } from '../src/engines/ml/seeded-random.js';

/** A random walk with gaps between bars; the same for the same seed. `stepPct` is the spread of one bar's change. */
export function syntheticSeries(count: number, timeframe: Timeframe, stepPct: number, seed = 1): BarSeries {
  const random = new SeededRandom(seed);
  const column = () => new Float64Array(count);
  const series = {
    timestamps: column(),
    opens: column(),
    highs: column(),
    lows: column(),
    closes: column(),
    volumes: column(),
  };
  const step = stepPct / 100;
  let close = 100;
  for (let i = 0; i < count; i += 1) {
    const open = close * (1 + (random.nextFloat() - 0.5) * step * 0.2);
    close = open * (1 + (random.nextFloat() - 0.5) * 2 * step);
    series.timestamps[i] = Date.UTC(2010, 0, 1) + i * timeframeMs(timeframe);
    series.opens[i] = open;
    series.closes[i] = close;
    series.highs[i] = Math.max(open, close) * (1 + random.nextFloat() * step * 0.5);
    series.lows[i] = Math.min(open, close) * (1 - random.nextFloat() * step * 0.5);
    series.volumes[i] = 1000 + Math.floor(random.nextFloat() * 9000);
  }
  return { symbol: 'BENCH', timeframe, ...series };
}
