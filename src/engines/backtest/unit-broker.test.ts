import { describe, expect, it } from 'vitest';
import { dailySeries, runScript, type Ohlc, type Script } from '../../../tests/support/scripted-backtest.js';
import type { BrokerOptions } from './options.js';

const FLAT: Ohlc = [100, 101, 99, 100];

/** The round trips of a script over one symbol: units, entry, exit, reason. */
function trips(bars: readonly Ohlc[], script: Script, options: Partial<BrokerOptions> = {}) {
  const { roundTrips } = runScript(dailySeries('A', bars), script, options);
  return Array.from({ length: roundTrips.length }, (_, i) => {
    const { units, entryIndex, entryPrice, exitIndex, exitPrice, exitReason } = roundTrips.at(i);
    return [units, entryIndex, entryPrice, exitIndex, exitPrice, exitReason];
  });
}

const withThird = (third: Ohlc): Ohlc[] => [FLAT, FLAT, third, FLAT, FLAT, FLAT];
const enterProtected = (market: { buy(order: object): void }) =>
  market.buy({ units: 10, stopLoss: 95, takeProfit: 110 });

describe('market orders', () => {
  const bars: Ohlc[] = [FLAT, FLAT, [102, 105, 101, 104], [106, 108, 105, 107], FLAT];

  it('fill at the next open', () => {
    const script: Script = { 1: (m) => m.buy({ units: 10 }), 2: (m) => m.exit() };
    expect(trips(bars, script)).toEqual([[10, 2, 102, 3, 106, 'SIGNAL']]);
  });

  it('fill at the close they were decided at with trade on close', () => {
    const script: Script = { 1: (m) => m.buy({ units: 10 }), 2: (m) => m.exit() };
    expect(trips(bars, script, { tradeOnClose: true })).toEqual([[10, 1, 100, 2, 104, 'SIGNAL']]);
  });

  it('of the opposite side close the position first and open the other', () => {
    const script: Script = { 1: (m) => m.buy({ units: 10 }), 2: (m) => m.sell({ units: 4 }), 3: (m) => m.exit() };
    expect(trips(bars, script)).toEqual([
      [10, 2, 102, 3, 106, 'SIGNAL'],
      [-4, 3, 106, 4, 100, 'SIGNAL'],
    ]);
  });

  it('of the side that is held change nothing, and close and open anew under exclusive orders', () => {
    const script: Script = { 1: (m) => m.buy({ units: 10 }), 2: (m) => m.buy({ units: 3 }), 3: (m) => m.exit() };
    expect(trips(bars, script)).toEqual([[10, 2, 102, 4, 100, 'SIGNAL']]);
    expect(trips(bars, script, { exclusiveOrders: true })).toEqual([
      [10, 2, 102, 3, 106, 'SIGNAL'],
      [3, 3, 106, 4, 100, 'SIGNAL'],
    ]);
  });
});

describe('stops and targets', () => {
  it.each<[string, Ohlc, number, string]>([
    ['the stop where the bar reaches it', [100, 101, 94, 100], 95, 'STOP_LOSS'],
    ['the open where it gaps past the stop', [93, 96, 92, 94], 93, 'STOP_LOSS'],
    ['the target where the bar reaches it', [100, 111, 99, 100], 110, 'TAKE_PROFIT'],
    ['the open where it gaps past the target', [112, 113, 111, 112], 112, 'TAKE_PROFIT'],
    ['the stop where the bar reaches both', [100, 111, 94, 100], 95, 'STOP_LOSS'],
    ['the target where the open is past it, though the stop is reached later', [112, 113, 94, 95], 112, 'TAKE_PROFIT'],
  ])('of a long position fill at %s', (_, bar, price, reason) => {
    expect(trips([FLAT, FLAT, FLAT, bar, FLAT], { 1: enterProtected })).toEqual([[10, 2, 100, 3, price, reason]]);
  });

  it('of a short position fill at the mirror image', () => {
    const script: Script = { 1: (m) => m.sell({ units: 10, stopLoss: 105, takeProfit: 90 }) };
    expect(trips([FLAT, FLAT, FLAT, [100, 106, 89, 100], FLAT], script)).toEqual([[-10, 2, 100, 3, 105, 'STOP_LOSS']]);
    expect(trips([FLAT, FLAT, FLAT, [108, 109, 107, 108], FLAT], script)).toEqual([[-10, 2, 100, 3, 108, 'STOP_LOSS']]);
    expect(trips([FLAT, FLAT, FLAT, [100, 101, 89, 90], FLAT], script)).toEqual([[-10, 2, 100, 3, 90, 'TAKE_PROFIT']]);
  });

  it('hold in the bar of the entry already', () => {
    expect(trips([FLAT, FLAT, [100, 101, 94, 96], FLAT], { 1: enterProtected })).toEqual([
      [10, 2, 100, 2, 95, 'STOP_LOSS'],
    ]);
  });

  it('on the wrong side of the price refuse the order', () => {
    const script: Script = { 1: (m) => m.buy({ units: 10, stopLoss: 100.5 }) };
    const result = runScript(dailySeries('A', [FLAT, FLAT, FLAT]), script);
    expect([result.fillCount, result.refusedCount]).toEqual([0, 1]);
  });
});

describe('limit and stop entries', () => {
  const exitLater = { 4: (m: { exit(): void }) => m.exit() };

  it.each<[string, object, Ohlc, number]>([
    ['a limit at its price on touch', { limit: 98 }, [100, 101, 98, 99], 98],
    ['a limit at the open below it', { limit: 98 }, [97, 99, 96, 98], 97],
    ['a stop at its price on touch', { stop: 103 }, [100, 103, 99, 102], 103],
    ['a stop at the open above it', { stop: 103 }, [104, 106, 103, 105], 104],
    ['a stop-limit at its stop', { stop: 103, limit: 104 }, [100, 105, 99, 104], 103],
  ])('fill %s', (_, order, bar, price) => {
    const script: Script = { 1: (m) => m.buy({ units: 10, ...order }), ...exitLater };
    expect(trips(withThird(bar), script)).toEqual([[10, 2, price, 5, 100, 'SIGNAL']]);
  });

  it('wait until canceled by the opposite, by an exit or by a newer one', () => {
    const untouched: Ohlc[] = [FLAT, FLAT, FLAT, FLAT, [100, 101, 90, 95], FLAT, FLAT];
    const limit: Script = { 1: (m) => m.buy({ units: 10, limit: 92 }) };
    expect(runScript(dailySeries('A', untouched), limit).fillCount).toBe(1);
    expect(runScript(dailySeries('A', untouched), { ...limit, 2: (m) => m.exit() }).fillCount).toBe(0);
    const newer: Script = { ...limit, 2: (m) => m.buy({ units: 5, limit: 91 }), 5: (m) => m.exit() };
    expect(trips(untouched, newer)).toEqual([[5, 4, 91, 6, 100, 'SIGNAL']]);
  });

  it('are stopped out in their own bar, and reach a target in it only after a stop entry', () => {
    const limit: Script = { 1: (m) => m.buy({ units: 10, limit: 98, stopLoss: 95, takeProfit: 105 }) };
    expect(trips([FLAT, FLAT, [100, 106, 94, 100], FLAT], limit)).toEqual([[10, 2, 98, 2, 95, 'STOP_LOSS']]);
    expect(trips([FLAT, FLAT, [100, 106, 97, 100], FLAT], limit)).toEqual([]);
    const stop: Script = { 1: (m) => m.buy({ units: 10, stop: 102, stopLoss: 95, takeProfit: 105 }) };
    expect(trips([FLAT, FLAT, [100, 106, 97, 100], FLAT], stop)).toEqual([[10, 2, 102, 2, 105, 'TAKE_PROFIT']]);
  });
});

describe('volume', () => {
  it('fills an entry and an exit over several bars', () => {
    const thin: Ohlc = [100, 101, 99, 100, 40];
    const bars = [FLAT, FLAT, thin, thin, thin, thin, thin, thin];
    const script: Script = { 1: (m) => m.buy({ units: 10 }), 4: (m) => m.exit() };
    expect(trips(bars, script, { volumeShare: 0.1 })).toEqual([
      [4, 2, 100, 5, 100, 'SIGNAL'],
      [4, 2, 100, 6, 100, 'SIGNAL'],
      [2, 2, 100, 7, 100, 'SIGNAL'],
    ]);
  });

  it('drops the rest of an entry that its own stop has closed', () => {
    const bars: Ohlc[] = [FLAT, FLAT, [100, 101, 99, 100, 40], [95, 96, 90, 92, 1e6], FLAT, FLAT];
    const script: Script = { 1: (m) => m.buy({ units: 10, stopLoss: 97 }) };
    expect(trips(bars, script, { volumeShare: 0.1 })).toEqual([[4, 2, 100, 3, 95, 'STOP_LOSS']]);
  });

  it('moves the price by the square of its share', () => {
    const bars: Ohlc[] = [FLAT, FLAT, [100, 101, 99, 100, 100], FLAT];
    const result = runScript(
      dailySeries('A', bars),
      { 1: (m) => m.buy({ units: 50 }) },
      {
        slippage: { kind: 'VOLUME_SHARE', impact: 0.1 },
      },
    );
    expect(result.equity[2]).toBeCloseTo(10_000 - 50 * 100 * 0.1 * 0.25, 9);
  });
});

it('fractions filled in parts leave no dust', () => {
  const thin: Ohlc = [100, 101, 99, 100, 1];
  const bars = [FLAT, FLAT, ...Array.from({ length: 10 }, () => thin)];
  const script: Script = { 1: (m) => m.buy({ units: 0.3 }), 6: (m) => m.exit() };
  const filled = trips(bars, script, { lotSize: 0.1, volumeShare: 0.1 }).map(([units]) => units as number);
  expect(filled).toHaveLength(3);
  expect(filled.reduce((sum, units) => sum + units, 0)).toBeCloseTo(0.3, 12);
});
