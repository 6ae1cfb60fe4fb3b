import { describe, expect, it } from 'vitest';
import { makeCommand } from '../../tests/support/backtesting.js';
import { BITCOIN, seriesOf } from '../../tests/support/native-backtest.js';
import { foreignRows } from '../adapters/report/trades.js';
import { buyAndHold } from '../engines/strategies/built-in/buy-and-hold.js';
import { simulateBacktest } from './backtest-simulation.js';

const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 0, 1);

/** Days at these closes, each opening at the close before. */
const daysOf = (symbol: string, closes: readonly number[]) =>
  seriesOf(
    symbol,
    'ONE_DAY',
    closes.map((close, day) => {
      const open = closes[day - 1] ?? close;
      const [high, low] = [Math.max(open, close), Math.min(open, close)];
      return { timestamp: START + day * DAY_MS, open, high, low, close, volume: 1e6 };
    }),
  );

function outcome() {
  const symbols = ['AAA', 'BBB'];
  const { options } = makeCommand({ options: { lotSize: 0, finalizeTrades: true } });
  const params = { sizePct: 100 };
  const done = simulateBacktest(
    {
      spec: {
        strategy: 'buy-and-hold',
        reference: { kind: 'BUILT_IN', name: 'buy-and-hold' },
        params,
        symbols,
        timeframe: 'ONE_DAY',
        from: null,
        to: null,
        profile: 'backtesting.py',
        options,
        seed: 1,
        deadlineSeconds: 60,
      },
      instruments: symbols.map((symbol) => ({ ...BITCOIN, symbol })),
      series: [daysOf('AAA', [100, 100, 100, 150, 200, 200]), daysOf('BBB', [40, 40, 40, 30, 20, 20])],
      dataHash: '',
      otherSharpes: [],
    },
    buyAndHold,
    { everyBars: 1_000, onProgress: () => undefined },
  );
  if (!done.ok) throw new Error(done.error.message);
  return done.value;
}

describe('several symbols under the backtesting.py profile', () => {
  it('share one cash account, beside equal parts of them that are held', () => {
    const { foreignStatistics, equity } = outcome();
    expect([...equity].map(Math.round)).toEqual([10_000, 10_000, 10_000, 11_250, 12_500, 12_500]);
    expect(foreignStatistics).toMatchObject({ '# Trades': 2, 'Buy & Hold Return [%]': 25 });
    expect(foreignStatistics!['Return [%]']).toBeCloseTo(25, 9);
    // From the fill at the third of six opens to the end, once for both.
    expect(foreignStatistics!['Exposure Time [%]']).toBeCloseTo(100 * (4 / 6), 9);
    expect(foreignStatistics!['Beta']).toBeCloseTo(1, 9);
  });

  it('are named in the trades', () => {
    const rows = foreignRows(outcome());
    expect(rows.map(({ Symbol, PnL }) => [Symbol, Math.round(PnL)])).toEqual([
      ['AAA', 5_000],
      ['BBB', -2_500],
    ]);
  });
});
