import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BarSeries } from '../../domain/bar.js';
import type { LoggedEventOf } from '../../domain/events.js';
import type { Timeframe } from '../../domain/timeframe.js';
import { MINUTE_MS, SOME_MINUTE } from '../../../tests/support/bars.js';
import { RecentWindows } from './recent-windows.js';

type Event = LoggedEventOf<'market_data'>;
const LOOKBACK = 5;
const PART = 3;

/** The rows that are stored, and the log that tells of them. */
class World {
  readonly rows = new Map<string, Map<number, number>>();
  readonly log: Event[] = [];
  reads = 0;

  lastBars = async (symbol: string, timeframe: Timeframe, through: number, count: number): Promise<BarSeries> => {
    this.reads += 1;
    return this.series(symbol, timeframe, through, count);
  };

  series(symbol: string, timeframe: Timeframe, through: number, count: number): BarSeries {
    const stored = [...(this.rows.get(symbol) ?? [])].filter(([time]) => time <= through).toSorted(([a], [b]) => a - b);
    const last = stored.slice(-count);
    const column = (add: number) => Float64Array.from(last, ([, close]) => close + add);
    return {
      symbol,
      timeframe,
      timestamps: Float64Array.from(last, ([time]) => time),
      opens: column(0),
      highs: column(2),
      lows: column(-2),
      closes: column(1),
      volumes: column(3),
    };
  }

  /** Stores a bar as a new one or a correction. */
  bar(symbol: string, minute: number, open: number): Event {
    const rows = this.rows.get(symbol) ?? new Map<number, number>();
    this.rows.set(symbol, rows);
    const time = SOME_MINUTE + minute * MINUTE_MS;
    const revision = rows.has(time) ? 1 : 0;
    rows.set(time, open);
    return this.append('bar', symbol, {
      timestamp: new Date(time).toISOString(),
      close_time: new Date(time + MINUTE_MS).toISOString(),
      open,
      high: open + 2,
      low: open - 2,
      close: open + 1,
      volume: open + 3,
      revision,
    });
  }

  /** Stores bars that are announced as history only. */
  history(symbol: string, minutes: readonly number[], open: number): Event {
    const rows = this.rows.get(symbol) ?? new Map<number, number>();
    this.rows.set(symbol, rows);
    for (const minute of minutes) rows.set(SOME_MINUTE + minute * MINUTE_MS, open);
    return this.append('history_loaded', symbol, {});
  }

  private append(type: Event['type'], symbol: string, payload: object): Event {
    const event = {
      topic: 'market_data',
      part: PART,
      off: this.log.length,
      key: symbol,
      type,
      payload: { symbol, timeframe: 'ONE_MINUTE', ...payload },
    } as unknown as Event;
    this.log.push(event);
    return event;
  }
}

const batchOf = (events: readonly Event[]) => ({ topic: 'market_data' as const, part: PART, events });
const minuteOf = (bar: Event) => Date.parse((bar.payload as { timestamp: string }).timestamp);

/** A step: the next bars of both symbols, or one event that changes what is stored otherwise. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('next' as const), count: fc.integer({ min: 1, max: 7 }) }) },
  fc.record({
    kind: fc.constantFrom('late', 'corrected', 'history', 'gap', 'unseen', 'again'),
    back: fc.integer({ min: 1, max: 8 }),
  }),
);

describe('recent windows', () => {
  it('are those that are stored, whatever comes late, is corrected, loaded, missed or handled again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const world = new World();
        const windows = new RecentWindows(world, LOOKBACK, 100);
        let minute = 0;
        let price = 100;
        for (const each of steps) {
          const before = world.log.length;
          price += 1;
          if (each.kind === 'next') {
            for (let k = 0; k < each.count; k += 1, minute += 1) {
              world.bar('A', minute, price + k);
              if (k % 2 === 0) world.bar('B', minute, price - k);
            }
          } else if ('back' in each) {
            const at = minute - each.back;
            if (each.kind === 'gap') minute += each.back;
            if (each.kind === 'late' || each.kind === 'corrected') world.bar('B', at, price);
            if (each.kind === 'history') world.history('A', [at, at - 1], price);
            if (each.kind === 'unseen') world.bar('A', at, price);
          }
          const events = each.kind === 'again' ? world.log.slice(-each.back) : world.log.slice(before);
          if (events.length === 0 || each.kind === 'unseen') continue;
          const asked = events.filter((event) => event.type === 'bar' && event.payload.revision === 0);
          const answers = await windows.of(batchOf(events));
          const wanted = asked.map((bar) => world.series(bar.key, 'ONE_MINUTE', minuteOf(bar), LOOKBACK));
          expect(answers).toEqual(wanted);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are read once a series, and not again while its bars follow on each other', async () => {
    const world = new World();
    const windows = new RecentWindows(world, LOOKBACK, 100);
    for (let minute = 0; minute < 10; minute += 1) {
      await windows.of(batchOf([world.bar('A', minute, 100), world.bar('B', minute, 50)]));
    }
    expect(world.reads).toBe(2);
  });

  it('are read again after a batch that failed', async () => {
    const world = new World();
    let broken = false;
    const store = {
      lastBars: (...args: Parameters<World['lastBars']>) =>
        broken ? Promise.reject(new Error('away')) : world.lastBars(...args),
    };
    const windows = new RecentWindows(store, LOOKBACK, 100);
    await windows.of(batchOf([world.bar('A', 0, 100)]));
    broken = true;
    const events = [world.bar('A', 1, 101), world.bar('B', 1, 50)];
    await expect(windows.of(batchOf(events))).rejects.toThrow('away');
    broken = false;
    expect(await windows.of(batchOf(events))).toHaveLength(2);
    expect(world.reads).toBe(3);
  });

  it('let the series go that was asked for the longest time ago, past the bound', async () => {
    const world = new World();
    const windows = new RecentWindows(world, LOOKBACK, 2);
    await windows.of(batchOf(['A', 'B', 'C'].map((symbol) => world.bar(symbol, 0, 100))));
    await windows.of(batchOf(['B', 'C'].map((symbol) => world.bar(symbol, 1, 100))));
    expect(world.reads).toBe(3);
    await windows.of(batchOf([world.bar('A', 1, 100)]));
    expect(world.reads).toBe(4);
  });
});
