import { describe, expect, it } from 'vitest';
import { APPLE, seriesOf } from '../../../tests/support/native-backtest.js';
import { makeCommand } from '../../../tests/support/backtesting.js';
import type { BacktestOptions } from '../../domain/backtest.js';
import { simulateNative } from '../../engines/backtest/native-simulation.js';
import { buyAndHold } from '../../engines/strategies/built-in/buy-and-hold.js';
import { checkCommand } from './check-command.js';
import { nativeOptionsOf, riskLimitsOf } from './engine-options.js';

const optionsOf = (options: Partial<BacktestOptions>) => makeCommand({ options }).options;
const faultsOf = (options: Partial<BacktestOptions>, profile: 'native' | 'backtesting.py' = 'native') =>
  checkCommand(makeCommand({ options, profile })).map(({ code, message }) => `${code} ${message}`);

const OPEN = Date.UTC(2024, 0, 2, 14, 30);
/** Three sessions at a price of 100. */
const series = seriesOf(
  'AAPL',
  'ONE_DAY',
  [0, 1, 2].map((day) => ({
    timestamp: OPEN + day * 86_400_000,
    open: 100,
    high: 100,
    low: 100,
    close: 100,
    volume: 1e9,
  })),
);
const held = (options: Partial<BacktestOptions>, sizePct: number) => {
  const native = nativeOptionsOf(optionsOf({ commission: { kind: 'PERCENT', rate: 0 }, ...options }), [APPLE]);
  return simulateNative({ series: [series], tradeFrom: null }, buyAndHold, { sizePct }, native);
};

describe('the risk limits of a native backtest', () => {
  it('are those of paper trading unless the options name others', () => {
    expect(riskLimitsOf(optionsOf({}))).toMatchObject({
      entryFraction: 0.1,
      maxPositionFraction: 0.2,
      maxOrderNotional: 1e6,
    });
    expect(riskLimitsOf(optionsOf({ defaultSizePct: 15 }))).toMatchObject({
      entryFraction: 0.15,
      maxPositionFraction: 0.2,
      maxOrderNotional: 1e6,
    });
  });

  it('deny a position above 20 % of the equity, and let it pass when the options allow it', () => {
    expect(held({}, 90)).toMatchObject({ fillCount: 0, refusedCount: 1 });
    expect(held({ maxPositionPct: 90 }, 90)).toMatchObject({ fillCount: 1, refusedCount: 0 });
  });

  it('let an order of a large account pass that takes the share of it that is allowed', () => {
    expect(held({ initialCapital: 1e8, maxPositionPct: 90 }, 90)).toMatchObject({ fillCount: 1, refusedCount: 0 });
  });

  it('deny a purchase of all the equity: cash is set aside at 5 % above the last close', () => {
    expect(held({ maxPositionPct: 100 }, 100)).toMatchObject({ fillCount: 0, refusedCount: 1 });
    expect(held({ maxPositionPct: 100 }, 95)).toMatchObject({ fillCount: 1, refusedCount: 0 });
  });

  it.each([
    [{ maxPositionPct: 0 }, 'INVALID_ARGUMENT maxPositionPct: 0 is not a number above 0 and at most 100'],
    [{ maxPositionPct: 101 }, 'INVALID_ARGUMENT maxPositionPct: 101 is not a number above 0 and at most 100'],
    [{ defaultSizePct: NaN }, 'INVALID_ARGUMENT defaultSizePct: NaN is not a number above 0 and at most 100'],
    [{ defaultSizePct: 25 }, 'INVALID_ARGUMENT defaultSizePct: 25 is above maxPositionPct, which is 20'],
    [{ maxPositionPct: 5 }, 'INVALID_ARGUMENT defaultSizePct: 10 is above maxPositionPct, which is 5'],
  ])('are refused as %o', (options, message) => {
    expect(faultsOf(options)).toEqual([expect.stringContaining(message)]);
  });

  it('are no options of the other profile', () => {
    expect(faultsOf({ maxPositionPct: 50, defaultSizePct: 50 }, 'backtesting.py')).toEqual([
      expect.stringContaining('OPTION_NOT_OFFERED maxPositionPct'),
      expect.stringContaining('OPTION_NOT_OFFERED defaultSizePct'),
    ]);
  });
});
