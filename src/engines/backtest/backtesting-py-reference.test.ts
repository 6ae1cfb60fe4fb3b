import { describe, expect, it } from 'vitest';
import {
  backtestingPyCaseNames,
  readBacktestingPyCase,
  readGoogle,
  runBacktestingPyCase,
} from '../../../tests/support/backtesting-py-cases.js';
import { indexBacktestingPy } from '../metrics/backtesting-py/run-index.js';
import { backtestingPyStatistics } from '../metrics/backtesting-py/statistics.js';

const dateOf = (time: number | undefined): string => new Date(time ?? NaN).toISOString().slice(0, 10);

const names = backtestingPyCaseNames();
if (names.length === 0) it.skip('needs the reference data: set REFERENCE_DATA', () => undefined);

describe.each(names)('backtesting.py case %s', (name) => {
  const expected = readBacktestingPyCase(name);
  const result = runBacktestingPyCase(expected);

  it('has the same equity on every bar to 1e-9', () => {
    expect(result.equity.length).toBe(expected.equity.length);
    const differing = expected.equity.findIndex(
      (value, i) => Math.abs(value - (result.equity[i] as number)) > 1e-9 * value,
    );
    expect(differing).toBe(-1);
    const last = result.equity.at(-1) as number;
    expect(Math.abs(last / (expected.stats['Equity Final [$]'] as number) - 1)).toBeLessThan(1e-12);
  });

  it('has the same round trips', () => {
    const { roundTrips, times } = result;
    expect(roundTrips.length).toBe(expected.trades.length);
    expected.trades.forEach((row, i) => {
      const trip = roundTrips.at(i);
      const close = (value: number, field: string) =>
        expect(Math.abs(value - Number(row[field])), `${field} of trade ${i}`).toBeLessThan(
          1e-9 * Math.max(1, Math.abs(value)),
        );
      expect([trip.units, trip.entryIndex, trip.exitIndex]).toEqual(
        [row['Size'], row['EntryBar'], row['ExitBar']].map(Number),
      );
      expect([dateOf(times[trip.entryIndex]), dateOf(times[trip.exitIndex])]).toEqual([
        row['EntryTime'],
        row['ExitTime'],
      ]);
      close(trip.entryPrice, 'EntryPrice');
      close(trip.exitPrice, 'ExitPrice');
      close(trip.pnl, 'PnL');
      close(trip.commission, 'Commission');
      close(trip.returnFraction, 'ReturnPct');
      if (row['SL'] !== '') close(trip.stopLoss, 'SL');
      if (row['TP'] !== '') close(trip.takeProfit, 'TP');
    });
  });

  it('counts the same bars as exposed', () => {
    const exposed = result.exposed.reduce((sum, one) => sum + one, 0);
    expect((100 * exposed) / result.exposed.length).toBeCloseTo(expected.stats['Exposure Time [%]'] as number, 9);
  });

  it('pays the same commissions', () => {
    const expectedCommissions = expected.stats['Commissions [$]'] as number | undefined;
    const closed = result.roundTrips.column('commission').reduce((sum, one) => sum + one, 0);
    expect(closed).toBeCloseTo(expectedCommissions ?? 0, 7);
  });

  it('has the same statistics to 1e-9', () => {
    const statistics = backtestingPyStatistics(result, indexBacktestingPy(result.times, readGoogle().closes));
    const actual = statistics as unknown as Readonly<Record<string, unknown>>;
    expect(Object.keys(actual)).toEqual(Object.keys(expected.stats));
    const differing = Object.entries(expected.stats).filter(([name, value]) => {
      const ours = actual[name];
      if (typeof value !== 'number' || typeof ours !== 'number') return ours !== value && !name.match(/^(Start|End)$/);
      return !(Math.abs(ours - value) <= 1e-9 * Math.max(1, Math.abs(value)));
    });
    expect(differing.map(([name, value]) => [name, value, actual[name]])).toEqual([]);
  });
});
