import { describe, expect, it } from 'vitest';
import type { BarSeries } from '../../domain/bar.js';
import type { BrokerOptions } from '../backtest/options.js';
import { simulateUnits } from '../backtest/simulate-units.js';
import type { IndicatorSpec } from '../indicators/indicator-spec.js';
import { SeededRandom } from '../ml/seeded-random.js';
import type { StrategyDefinition } from '../strategies/strategy.js';
import { analyzeLookAhead, lookAheadCautions } from './look-ahead.js';
import { opensPlusTimeframe, type CheckedRun } from './recorded-run.js';
import { analyzeWarmUp, warmUpCautions } from './warm-up.js';

const DAY_MS = 86_400_000;
const options: BrokerOptions = {
  cash: 10_000,
  commission: { kind: 'PERCENT', rate: 0.001 },
  spread: 0,
  slippage: { kind: 'NONE' },
  margin: 1,
  tradeOnClose: false,
  exclusiveOrders: false,
  finalizeTrades: true,
  lotSize: 0,
  volumeShare: null,
};

function makeSeries(symbol: string, seed: number, count = 400): BarSeries {
  const random = new SeededRandom(seed);
  const closes = new Float64Array(count);
  let price = 100;
  for (let i = 0; i < count; i += 1) closes[i] = price *= 1 + 0.04 * (random.nextFloat() - 0.5);
  const opens = closes.map((_, i) => closes[Math.max(0, i - 1)]!);
  return {
    symbol,
    timeframe: 'ONE_DAY',
    timestamps: closes.map((_, i) => Date.UTC(2020, 0, 1) + i * DAY_MS),
    opens,
    highs: closes.map((close, i) => Math.max(close, opens[i]!) * 1.01),
    lows: closes.map((close, i) => Math.min(close, opens[i]!) * 0.99),
    closes,
    volumes: new Float64Array(count).fill(1e6),
  };
}

/** An indicator over whole columns. No stream: it never runs live here. */
const spec = (key: string, over: (closes: Float64Array) => Float64Array): IndicatorSpec<'value'> => ({
  key,
  outputs: ['value'],
  overBars: ({ closes }) => ({ value: over(closes) }),
  stream: () => ({ update: () => ({ value: NaN }) }),
});
const mean = (bars: number) =>
  spec(`mean(${bars})`, (closes) =>
    closes.map((_, i) => (i < bars - 1 ? NaN : closes.subarray(i - bars + 1, i + 1).reduce((a, b) => a + b) / bars)),
  );
/** Begins at the first close and forgets it slowly. */
const slow = spec('slow', (closes) => {
  let value = closes[0] ?? NaN;
  return closes.map((close) => (value += (close - value) / 50));
});

/** Long while the close is above a line, else flat; decides when it has to change. */
const aboveLine = (
  name: string,
  line: IndicatorSpec<'value'>,
  warmUpBars: number,
  onlyChanges = true,
): StrategyDefinition => ({
  name,
  description: '',
  parameters: {},
  warmUpBars: () => warmUpBars,
  create: (setup) => {
    const all = setup.symbols.map((symbol) => {
      const market = setup.market(symbol);
      return { market, level: market.indicator(line) };
    });
    return {
      onBar() {
        for (const { market, level } of all) {
          const isLong = market.positionSize > 0;
          const wantsLong = market.close.now > level.now;
          if (onlyChanges && isLong === wantsLong) continue;
          if (wantsLong) market.buy({ sizePct: 50 });
          else market.exit();
        }
      },
    };
  },
});

function checked(strategy: StrategyDefinition, change: Partial<BrokerOptions> = {}, symbols = ['AAA']): CheckedRun {
  return {
    simulate: (bars, definition, values) => simulateUnits(bars, definition, values, { ...options, ...change }),
    strategy,
    values: {},
    closeTimesOf: opensPlusTimeframe,
    bars: { series: symbols.map((symbol, i) => makeSeries(symbol, 7 + i)), tradeFrom: null },
  };
}

describe('the look-ahead analysis', () => {
  const honest = aboveLine('honest', mean(20), 20);

  it.each([{ finalizeTrades: false }, { finalizeTrades: true }, { tradeOnClose: true }, { exclusiveOrders: true }])(
    'has nothing against a strategy that sees the past alone, with %j',
    (change) => {
      const report = analyzeLookAhead(checked(honest, change, ['AAA', 'BBB']), { cuts: 12, seed: 1 });
      expect(report.cutTimes).toHaveLength(12);
      expect(report.comparedDecisions).toBeGreaterThan(30);
      expect(report.changes).toEqual([]);
      expect(lookAheadCautions(report)).toEqual([]);
    },
  );

  it('catches a strategy that knows the next close, and names when', () => {
    const next = spec('next', (closes) => closes.map((_, i) => 2 * closes[i]! - (closes[i + 1] ?? NaN)));
    const report = analyzeLookAhead(checked(aboveLine('peek', next, 1)), { cuts: 12, seed: 1 });
    const [caution] = lookAheadCautions(report);
    expect(caution).toMatchObject({ code: 'LOOK_AHEAD', severity: 'CRITICAL', values: { cuts: 12, limit: 0 } });
    expect(caution?.message).toMatch(/cut off at 20\d\d-.* did something else at 20\d\d-.*instead of AAA BUY/);
  });

  it('catches a level that is taken from the whole of history', () => {
    const average = spec('average', (closes) => closes.map(() => closes.reduce((a, b) => a + b, 0) / closes.length));
    const { changes } = analyzeLookAhead(checked(aboveLine('whole', average, 1)), { cuts: 6, seed: 3 });
    expect(changes.length).toBeGreaterThan(0);
    expect(changes[0]!.time).toBeLessThanOrEqual(changes[0]!.cutTime);
  });

  it('catches a rare glance: cuts are made where the strategy decided something', () => {
    // Acts at three bars of 400, and there by the next close.
    const rare = spec('rare', (closes) =>
      closes.map((close, i) => (i % 130 === 125 ? (closes[i + 1] !== undefined ? close - 1 : NaN) : NaN)),
    );
    const { changes } = analyzeLookAhead(checked(aboveLine('rare', rare, 1)), { cuts: 12, seed: 5 });
    expect(changes.length).toBeGreaterThan(0);
  });

  it('takes a strategy that fails without the future for one that looks ahead', () => {
    const brittle = spec('brittle', (closes) => {
      if (closes.length < 400) throw new Error('where is the rest?');
      return closes;
    });
    const { changes } = analyzeLookAhead(checked(aboveLine('brittle', brittle, 1)), { cuts: 3, seed: 1 });
    expect(changes).toHaveLength(3);
    expect(changes[0]?.withoutFuture).toContain('where is the rest?');
  });

  it('ends with what stopped it, and takes that for no fault of the strategy', () => {
    let runs = 0;
    const run = checked(honest);
    const simulate: CheckedRun['simulate'] = (...of) => {
      runs += 1;
      if (runs > 3) throw new Error('canceled');
      return run.simulate(...of);
    };
    expect(() => analyzeLookAhead({ ...run, simulate }, { cuts: 5, seed: 1 })).toThrow('canceled');
  });

  it('tells a strategy that remembers its last run from one that looks ahead', () => {
    let calls = 0;
    const forgetful = spec('calls', (closes) => {
      calls += 1;
      return closes.map((close) => close + (calls % 2 === 0 ? 1 : -1));
    });
    const report = analyzeLookAhead(checked(aboveLine('state', forgetful, 1)), { cuts: 3, seed: 1 });
    expect(lookAheadCautions(report)).toMatchObject([{ code: 'NOT_REPRODUCIBLE', severity: 'CRITICAL' }]);
  });

  it('makes no cuts in a history that is too short, and proves nothing by it', () => {
    const run = checked(honest);
    const bars = { series: [makeSeries('AAA', 7, 21)], tradeFrom: null };
    expect(analyzeLookAhead({ ...run, bars }, { cuts: 5, seed: 1 })).toMatchObject({
      cutTimes: [],
      comparedDecisions: 0,
    });
  });

  it('makes the same cuts for the same seed', () => {
    const [first, again, other] = [4, 4, 5].map(
      (seed) => analyzeLookAhead(checked(honest), { cuts: 5, seed }).cutTimes,
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
});

describe('the warm-up analysis', () => {
  it('has nothing against a strategy whose warm-up covers what it looks at', () => {
    const report = analyzeWarmUp(checked(aboveLine('mean', mean(20), 20), {}, ['AAA', 'BBB']), { starts: 5, seed: 1 });
    expect(report.startTimes).toHaveLength(5);
    expect(report.comparedDecisions).toBeGreaterThan(50);
    expect(report).toMatchObject({ changedDecisions: 0, lastChange: null });
    expect(warmUpCautions(report)).toEqual([]);
  });

  it('warns of an indicator that still remembers where it began, and of how long it does', () => {
    const report = analyzeWarmUp(checked(aboveLine('slow', slow, 3, false)), { starts: 5, seed: 1 });
    expect(report.lastChange!.barsAfterStart).toBeGreaterThan(3);
    const [caution] = warmUpCautions(report);
    expect(caution).toMatchObject({ code: 'WARM_UP_TOO_SHORT', values: { warmUpBars: 3, limit: 0.01 } });
    expect(caution?.message).toContain('when the warm-up of 3 bars is all the history');
  });

  it('is content with the same indicator once its warm-up is long enough', () => {
    const report = analyzeWarmUp(checked(aboveLine('slow', slow, 190, false)), { starts: 4, seed: 1 });
    expect(report.startTimes.length).toBeGreaterThan(0);
    expect(report.changedDecisions).toBeLessThanOrEqual(0.01 * report.comparedDecisions);
  });

  it('says nothing where history is shorter than twice the warm-up', () => {
    const report = analyzeWarmUp(checked(aboveLine('mean', mean(200), 200)), { starts: 4, seed: 1 });
    expect(report).toMatchObject({ startTimes: [], comparedDecisions: 0 });
    expect(warmUpCautions(report)).toEqual([]);
  });
});
