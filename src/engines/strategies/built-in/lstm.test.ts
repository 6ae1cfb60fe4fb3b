import { beforeAll, describe, expect, it } from 'vitest';
import { brokerOptions } from '../../../../tests/support/scripted-backtest.js';
import { makeBars } from '../../../../tests/support/synthetic-bars.js';
import { startBackend } from '../../../adapters/tfjs/backend.js';
import type { BarSeries } from '../../../domain/bar.js';
import { prepareStrategy } from '../../backtest/prepare-strategy.js';
import { simulateUnits } from '../../backtest/simulate-units.js';
import { preparationValues, type Preparation, type PreparationContext } from '../preparation.js';
import { parseParameters } from '../parameters.js';
import { lstm } from './lstm.js';

// Each return is the one before, turned round, with a little noise: a market that can be learnt.
const BAR_COUNT = 340;
const series: BarSeries = { symbol: 'A', timeframe: 'ONE_MINUTE', ...makeBars(BAR_COUNT, 0.95) };

const bars = { series: [series], tradeFrom: null };

const context: PreparationContext = {
  seed: 3,
  roundTripCosts: [0],
  onProgress: () => {},
  startTensors: async () => {
    await startBackend('wasm');
  },
};

function valuesOf(given: Readonly<Record<string, unknown>> = {}) {
  const small = { trainBars: 200, retrainEveryBars: 70, units: 4, epochs: 12, volatilityMultiple: 0.05, ...given };
  const values = parseParameters(lstm.parameters, small);
  if (!values.ok) throw new Error(values.error.message);
  return values.value;
}

/** As a backtest prepares it: the training sees none but the values that it says it reads. */
async function prepare(over: BarSeries, given: Readonly<Record<string, unknown>> = {}, about = context) {
  const values = valuesOf(given);
  const readable = preparationValues(lstm, values) as typeof values;
  const prepared = await lstm.prepare!([over], readable, about);
  return 'linesFor' in prepared ? prepared.linesFor(values) : prepared;
}

const lineOf = ({ lines }: Preparation, name: string): Float64Array => lines[0]![name]!;
const line = (valueAt: (i: number) => number) => Float64Array.from(series.closes, (_, i) => valueAt(i));
const actions = (preparation: Preparation) => lineOf(preparation, 'action');
const cutAt = (end: number): BarSeries => ({
  ...series,
  timestamps: series.timestamps.slice(0, end),
  opens: series.opens.slice(0, end),
  highs: series.highs.slice(0, end),
  lows: series.lows.slice(0, end),
  closes: series.closes.slice(0, end),
  volumes: series.volumes.slice(0, end),
});

const progress: [fraction: number, barTime: number][] = [];
let ungated: Preparation;
let gated: Preparation;
beforeAll(async () => {
  ungated = await prepare(series, { requireSkill: false });
  gated = await prepare(series, {}, { ...context, onProgress: (...step) => void progress.push(step) });
}, 120_000);

describe('the LSTM strategy', { timeout: 60_000 }, () => {
  it('says nothing before its first model, and then something at each bar', () => {
    expect(actions(ungated).findIndex((value) => !Number.isNaN(value))).toBe(200);
    expect(actions(ungated).slice(200).some(Number.isNaN)).toBe(false);
    expect(
      actions(ungated)
        .slice(200)
        .some((value) => value !== 0),
    ).toBe(true);
  });

  it('holds until the skill on past blocks is told from 0, then says what it says without the gate', () => {
    // 69 outcomes of the first block are known when the second one begins.
    expect(
      actions(gated)
        .slice(200, 270)
        .every((value) => value === 0),
    ).toBe(true);
    expect(actions(gated).slice(270)).toEqual(actions(ungated).slice(270));
    expect(gated.remarks[0]).toMatch(
      /A: 2 models.*Skill on the 139 predictions out of sample: 0\.\d+ ± .* told from 0/,
    );
    expect(gated.remarks[0]).toContain('It could trade in 1 of 2 blocks');
    expect(ungated.remarks[0]).toContain('It traded whatever the skill (requireSkill is false)');
  });

  it('buys with a stop and a target, both above 0', () => {
    const buys = Array.from(actions(ungated).keys()).filter((i) => actions(ungated)[i] === 1);
    expect(buys.length).toBeGreaterThan(0);
    for (const i of buys) {
      expect(lineOf(ungated, 'stopDistance')[i]).toBeGreaterThan(0);
      expect(lineOf(ungated, 'targetDistance')[i]).toBeGreaterThan(lineOf(ungated, 'stopDistance')[i]!);
    }
  });

  it.each([240, 271])('decides the same without the bars from %d on', async (end) => {
    const short = await prepare(cutAt(end), { requireSkill: false });
    for (const name of ['action', 'stopDistance', 'targetDistance']) {
      expect(lineOf(short, name)).toEqual(lineOf(ungated, name).slice(0, end));
    }
  });

  it('tells how far it is, up to the last bar', () => {
    const fractions = progress.map(([fraction]) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toEqual([1, series.timestamps.at(-1)]);
  });

  it('expects more than the costs, whatever the volatility', async () => {
    const dear = await prepare(cutAt(240), { requireSkill: false }, { ...context, roundTripCosts: [0.5] });
    expect(
      actions(dear)
        .slice(200)
        .every((value) => value === 0),
    ).toBe(true);
  });

  it('does what was said at the next open: in once, out once', async () => {
    const said = new Map([
      [201, -1],
      [210, 1],
      [212, 1],
      [215, 0],
      [220, -1],
      [221, -1],
      [230, 1],
      [235, -1],
    ]);
    const preparation = {
      lines: [
        { action: line((i) => said.get(i) ?? 0), stopDistance: line(() => NaN), targetDistance: line(() => NaN) },
      ],
      remarks: [],
    };
    const values = valuesOf({ protection: false });
    const told = { ...lstm, prepare: () => Promise.resolve(preparation) };
    const { strategy } = await prepareStrategy(told, bars, values, context);
    const { roundTrips, firstDecisionIndex } = simulateUnits(
      bars,
      strategy,
      values,
      brokerOptions({ exclusiveOrders: true }),
    );
    expect(firstDecisionIndex).toBe(200);
    const trips = Array.from({ length: roundTrips.length }, (_, i) => roundTrips.at(i));
    expect(trips.map(({ entryIndex, exitIndex }) => [entryIndex, exitIndex])).toEqual([
      [211, 221],
      [231, 236],
    ]);
  });

  it('trades on what it predicted, with the stop and target of the bar it decided at', async () => {
    const values = valuesOf({ requireSkill: false });
    const trained = { ...lstm, prepare: () => Promise.resolve(ungated) };
    const { strategy } = await prepareStrategy(trained, bars, values, context);
    const options = brokerOptions({ finalizeTrades: true });
    const { roundTrips } = simulateUnits(bars, strategy, values, options);
    const { entryIndex, stopLoss, takeProfit } = roundTrips.at(0);
    expect(entryIndex - 1).toBe(actions(ungated).indexOf(1));
    const decidedAt = entryIndex - 1;
    const close = series.closes[decidedAt]!;
    expect(stopLoss).toBe(close * (1 - lineOf(ungated, 'stopDistance')[decidedAt]!));
    expect(takeProfit).toBe(close * (1 + lineOf(ungated, 'targetDistance')[decidedAt]!));
  });

  it('does not run unprepared', () => {
    expect(() => simulateUnits(bars, lstm, valuesOf(), brokerOptions())).toThrow(
      'strategy lstm failed at its creation: it has lines to prepare, and this run has prepared none',
    );
  });
});
