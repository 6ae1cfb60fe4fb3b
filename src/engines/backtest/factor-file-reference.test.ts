import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  actionsOfFactors,
  factorOn,
  RAW_BARS_FILE,
  readFactorRows,
  readRawDays,
} from '../../../tests/support/factor-files.js';
import { APPLE, NATIVE } from '../../../tests/support/native-backtest.js';
import { brokerOptions } from '../../../tests/support/scripted-backtest.js';
import { buyAndHold } from '../strategies/built-in/buy-and-hold.js';
import { barActions } from './bar-actions.js';
import { simulateNative } from './native-simulation.js';
import { simulateUnits } from './simulate-units.js';
import { totalReturnCloses } from './total-return.js';

/** Those whose factor files speak of the prices that are in the bars: BAC's, QQQ's and WM's are of other shares at times. */
const SYMBOLS = ['AAPL', 'AIG', 'EEM', 'IBM', 'IWM', 'SPY', 'USO'];
/** Factor files have seven decimals, and there are dozens of rows. */
const RELATIVE = 2e-6;

const isThere = existsSync(RAW_BARS_FILE);

describe.skipIf(!isThere).each(SYMBOLS)(
  '%s, raw, with the actions of its factor file (needs REFERENCE_DATA)',
  (symbol) => {
    const series = isThere ? readRawDays(symbol) : null!;
    const rows = isThere ? readFactorRows(symbol) : [];
    const actions = [{ symbol, adjustment: 'RAW' as const, actions: actionsOfFactors(symbol, rows) }];
    const booked = isThere ? barActions(series, actions[0]!) : [];
    const last = isThere ? series.closes.length - 1 : 0;

    it('has the total return of its factor-adjusted closes', () => {
      const worth = totalReturnCloses(series, booked);
      const adjusted = (index: number) => series.closes[index]! * factorOn(rows, series.timestamps[index]!);
      for (let index = 0; index <= last; index += 97) {
        const expected = adjusted(index) / adjusted(0);
        expect(Math.abs(worth[index]! / worth[0]! / expected - 1)).toBeLessThan(RELATIVE);
      }
      expect(Math.abs(worth[last]! / worth[0]! / (adjusted(last) / adjusted(0)) - 1)).toBeLessThan(RELATIVE);
    });

    it('bought and held is worth its shares after all splits, and the dividends that each number of them was paid', () => {
      const bars = { series: [series], tradeFrom: null, actions };
      const options = brokerOptions({ cash: 1e6, lotSize: 0 });
      const { equity, dividends } = simulateUnits(bars, buyAndHold, { sizePct: 100 }, options);
      let shares = 1e6 / series.opens[2]!;
      let paid = 0;
      for (const { barIndex, ratio, dividend } of booked) {
        if (barIndex <= 2) continue;
        shares *= ratio;
        paid += shares * dividend;
      }
      expect(Math.abs(dividends / paid - 1) || 0).toBeLessThan(1e-9);
      expect(Math.abs(equity[last]! / (shares * series.closes[last]! + paid) - 1)).toBeLessThan(1e-9);
    });

    it('and under the native profile in whole shares and cents, parts of a share paid out', () => {
      const limits = { ...NATIVE.limits, maxPositionFraction: 1, maxOrderNotional: 1e9, entryFraction: 1 };
      const costs = { feeBps: 0, slippageBps: 0, halfSpreadBps: 0, volumeShare: 1 };
      const options = { ...NATIVE, startingCash: 1e6, limits, instruments: [{ ...APPLE, symbol }], costs };
      const bars = { series: [series], tradeFrom: null, actions };
      let shares = 0;
      let cash = 1e6;
      const { equity, dividends } = simulateNative(bars, buyAndHold, { sizePct: 50 }, options, undefined, undefined, {
        onEvents(_time, events) {
          for (const event of events) {
            if (event.type !== 'fill_booked') continue;
            shares += event.fill.lots;
            cash -= (event.fill.lots * event.fill.priceTicks) / 100;
          }
        },
      });
      expect(shares).toBeGreaterThan(100);
      let paid = 0;
      for (const { barIndex, ratio, dividend } of booked) {
        const exact = shares * ratio;
        shares = Math.floor(exact + 1e-6);
        cash += ((exact - shares) * series.closes[barIndex - 1]!) / ratio;
        paid += shares * dividend;
      }
      // Half a cent for each booking.
      const rounding = 0.005 * (2 * booked.length + 2);
      expect(Math.abs(dividends - paid)).toBeLessThan(rounding);
      expect(Math.abs(equity[last]! - (cash + paid + shares * series.closes[last]!))).toBeLessThan(rounding);
    });
  },
);

it.skipIf(!isThere)(
  'AAPL from 1998 to August 2012, through two splits and no dividend, returns what its adjusted prices do',
  () => {
    const all = readRawDays('AAPL');
    const rows = readFactorRows('AAPL');
    const end = all.timestamps.indexOf(Date.UTC(2012, 7, 8)) + 1;
    const series = {
      ...all,
      timestamps: all.timestamps.slice(0, end),
      opens: all.opens.slice(0, end),
      highs: all.highs.slice(0, end),
      lows: all.lows.slice(0, end),
      closes: all.closes.slice(0, end),
      volumes: all.volumes.slice(0, end),
    };
    const actions = [{ symbol: 'AAPL', adjustment: 'RAW' as const, actions: actionsOfFactors('AAPL', rows) }];
    const bars = { series: [series], tradeFrom: null, actions };
    const { equity, dividends } = simulateUnits(bars, buyAndHold, { sizePct: 100 }, brokerOptions({ lotSize: 0 }));
    const bought = series.opens[2]! * factorOn(rows, series.timestamps[2]!);
    const sold = series.closes[end - 1]! * factorOn(rows, series.timestamps[end - 1]!);
    expect(dividends).toBe(0);
    expect(equity[end - 1]! / 10_000 / (sold / bought)).toBeCloseTo(1, 5);
  },
);
