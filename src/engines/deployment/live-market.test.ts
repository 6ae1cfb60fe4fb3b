import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { seriesOf } from '../../../tests/support/native-backtest.js';
import { strategySetupOf } from '../backtest/market.js';
import { IndicatorCache } from '../backtest/indicator-cache.js';
import { SplitEpochs } from '../backtest/split-epochs.js';
import { rsiSpec } from '../indicators/rsi.js';
import { smaSpec } from '../indicators/sma.js';
import { LiveMarket } from './live-market.js';

const MINUTE_MS = 60_000;

it('shows past bars and indicators over splits as a backtest does, to the last bit', () => {
  const price = fc.double({ min: 1, max: 1_000, noNaN: true });
  const step = fc.record({ price, volume: price, ratio: fc.constantFrom(1, 1, 1, 1, 2, 3, 0.1, 7) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 12, maxLength: 300 }), (steps) => {
      const rows = steps.map(({ price: close, volume }, k) => ({
        timestamp: k * MINUTE_MS,
        open: close,
        high: close * 1.01,
        low: close * 0.99,
        close,
        volume,
      }));
      const series = seriesOf('AAPL', 'ONE_MINUTE', rows);
      const actions = steps.flatMap(({ ratio }, barIndex) =>
        ratio === 1 || barIndex === 0 ? [] : [{ barIndex, ratio, dividend: 0 }],
      );
      const epochs = new SplitEpochs(series, actions, new IndicatorCache(series));
      const live = new LiveMarket('AAPL', 'ONE_MINUTE');
      const market = strategySetupOf([live.market]).market();
      const [average, strength] = [market.indicator(smaSpec(5)), market.indicator(rsiSpec(4))];
      rows.forEach((row, k) => {
        live.push(k === 0 ? row : { ...row, splitRatio: steps[k]!.ratio });
        const { series: seen, indicators } = epochs.at(k);
        const [averages, strengths] = [smaSpec(5), rsiSpec(4)].map((spec) => indicators.columnsOf(spec)['value']);
        for (let ago = 0; ago < Math.min(8, k + 1); ago += 1) {
          expect(market.close.ago(ago)).toBe(seen.closes[k - ago]);
          expect(market.volume.ago(ago)).toBe(seen.volumes[k - ago]);
          expect(average.ago(ago)).toBe(averages![k - ago]);
          expect(strength.ago(ago)).toBe(strengths![k - ago]);
        }
      });
    }),
    { numRuns: 40 },
  );
});
