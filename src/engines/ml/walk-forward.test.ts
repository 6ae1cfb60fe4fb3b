import { beforeAll, describe, expect, it } from 'vitest';
import { makeBars } from '../../../tests/support/synthetic-bars.js';
import { startBackend } from '../../adapters/tfjs/backend.js';
import { predictionSkill } from '../metrics/prediction-skill.js';
import type { BarColumns } from './bar-columns.js';
import { walkForward, type WalkForwardForecasts, type WalkForwardSettings } from './walk-forward.js';

const TRAIN_BARS = 200;
const BAR_COUNT = 345;
const settings: WalkForwardSettings = {
  trainBars: TRAIN_BARS,
  retrainEveryBars: 60,
  lstm: { units: 2, epochs: 1, batchSize: 128, learningRate: 0.01, patienceEpochs: 1, seed: 7 },
};
const bars = makeBars(BAR_COUNT, 0.8);

const price = (value: number) => value * 3;

/** The bars before `cut`; with others behind them where a future is given. */
function until(cut: number, future: 'NONE' | 'OTHER'): BarColumns {
  const column = (values: Float64Array, change: (value: number) => number) =>
    future === 'NONE' ? values.slice(0, cut) : values.map((value, i) => (i < cut ? value : change(value)));
  return {
    timestamps: column(bars.timestamps, (time) => time),
    opens: column(bars.opens, price),
    highs: column(bars.highs, (value) => price(value) * 1.01),
    lows: column(bars.lows, price),
    closes: column(bars.closes, price),
    volumes: column(bars.volumes, (volume) => volume + 1),
  };
}

let whole: WalkForwardForecasts;
const progress: [fraction: number, bar: number][] = [];
beforeAll(async () => {
  await startBackend('wasm');
  whole = await walkForward(bars, settings, (...step) => progress.push(step));
}, 60_000);

describe('training walk-forward', { timeout: 60_000 }, () => {
  it('predicts each bar from the end of the first training on, block by block', () => {
    expect(whole.predicted).toHaveLength(BAR_COUNT);
    expect(whole.predicted.findIndex((value) => !Number.isNaN(value))).toBe(TRAIN_BARS);
    expect(whole.predicted.slice(TRAIN_BARS).every(Number.isFinite)).toBe(true);
    expect(whole.blocks.map(({ start, end }) => [start, end])).toEqual([
      [200, 260],
      [260, 320],
      [320, 345],
    ]);
  });

  it.each([
    // Within a block, at its first and last bar, and where the last block has but one bar.
    ['NONE', 231],
    ['NONE', 261],
    ['OTHER', 260],
    ['OTHER', 300],
    ['OTHER', 320],
  ] as const)('says the same of the past with future %s from bar %d on, to the last bit', async (future, cut) => {
    const short = await walkForward(until(cut, future), settings);
    expect(short.predicted.slice(0, cut)).toEqual(whole.predicted.slice(0, cut));
    const begun = (each: WalkForwardForecasts) =>
      each.blocks.filter(({ start }) => start < cut).map(({ start, evidence }) => ({ start, evidence }));
    expect(begun(short)).toEqual(begun(whole));
    expect(begun(short).length).toBeGreaterThan(0);
  });

  it('takes the future for something else where there is another', async () => {
    const other = await walkForward(until(250, 'OTHER'), settings);
    expect(other.predicted.slice(250, 260)).not.toEqual(whole.predicted.slice(250, 260));
  });

  it('measures skill on earlier predictions alone, those whose outcome was known', () => {
    const outcome = bars.closes.map((close, i) => Math.log((bars.closes[i + 1] ?? NaN) / close));
    const upTo = (end: number) =>
      predictionSkill(whole.predicted.slice(TRAIN_BARS, end), outcome.slice(TRAIN_BARS, end));
    expect(whole.blocks.map(({ evidence }) => evidence.count)).toEqual([0, 59, 119]);
    expect(whole.blocks[0]?.evidence.skill).toBeNull();
    expect(whole.blocks[2]?.evidence).toEqual(upTo(319));
    expect(whole.evidence).toEqual(upTo(BAR_COUNT - 1));
  });

  it('tells how far it is, never falling, up to 1 at the last bar', () => {
    expect(progress.every(([fraction], i) => fraction >= (progress[i - 1]?.[0] ?? 0))).toBe(true);
    expect(progress.at(-1)).toEqual([1, BAR_COUNT - 1]);
  });

  it('gives the same numbers for the same seed, and others for another', async () => {
    const start = until(230, 'NONE');
    const again = await walkForward(start, settings);
    const other = await walkForward(start, { ...settings, lstm: { ...settings.lstm, seed: 8 } });
    expect(again.predicted).toEqual(whole.predicted.slice(0, 230));
    expect(other.predicted).not.toEqual(again.predicted);
  });

  it('trains nothing on fewer bars than one training takes', async () => {
    const short = await walkForward(until(TRAIN_BARS, 'NONE'), settings);
    expect(short.blocks).toEqual([]);
    expect(short.predicted.every(Number.isNaN)).toBe(true);
    expect(short.evidence.skill).toBeNull();
  });

  it.each([
    [{ trainBars: 199 }, /trainBars must be a whole number of at least 200, not 199/],
    [{ retrainEveryBars: 0 }, /retrainEveryBars must be a whole number of at least 1, not 0/],
  ])('refuses %o', async (change, message) => {
    await expect(walkForward(bars, { ...settings, ...change })).rejects.toThrow(message);
  });
});
