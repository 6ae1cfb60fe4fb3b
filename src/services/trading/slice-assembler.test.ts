import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE, START } from '../../../tests/support/trading-engine.js';
import { PARTITIONS, partitionOf } from '../../domain/topics.js';
import type { FeedTopic } from '../../ports/trading-store.js';
import type { FeedEvent } from './feed-event.js';
import { READ_AHEAD_MAX, SliceAssembler, type AssembledSlice } from './slice-assembler.js';

const zeros = Array.from({ length: PARTITIONS }, () => 0);
const iso = (time: number) => new Date(time).toISOString();
const closeOf = (minute: number) => START + (minute + 1) * MINUTE;

/** Gives events their offsets, partition by partition. */
class Log {
  readonly events: FeedEvent[] = [];
  private readonly next = new Map<string, number>();

  bar(symbol: string, minute: number, change: object = {}): this {
    return this.add('market_data', 'bar', symbol, {
      symbol,
      timeframe: 'ONE_MINUTE',
      timestamp: iso(START + minute * MINUTE),
      close_time: iso(closeOf(minute)),
      open: 100,
      high: 100,
      low: 100,
      close: 100,
      volume: 1,
      vwap: null,
      adjustment: 'RAW',
      source: 'replay',
      revision: 0,
      ...change,
    });
  }

  said(symbol: string, minute: number, source = 'ema-cross', action: string | null = 'HOLD'): this {
    const about = {
      source,
      symbol,
      timeframe: 'ONE_MINUTE',
      timestamp: iso(closeOf(minute)),
      bar_timestamp: iso(START + minute * MINUTE),
    };
    return action === null
      ? this.add('trading_signals', 'bar_evaluated', symbol, { ...about, reason: 'TOO_FEW_BARS' })
      : this.add('trading_signals', 'signal', symbol, {
          ...about,
          signal_id: `${source} ${symbol} ${minute}`,
          action,
          stop_distance: null,
          take_profit_distance: null,
        });
  }

  ended(symbol: string, minute: number): this {
    return this.add('market_data', 'series_ended', symbol, {
      symbol,
      timeframe: 'ONE_MINUTE',
      timestamp: iso(closeOf(minute)),
      reason: 'REPLAY_OVER',
    });
  }

  private add(topic: FeedTopic, type: string, key: string, payload: object): this {
    const part = partitionOf(key);
    const name = `${topic}/${part}`;
    const off = this.next.get(name) ?? 0;
    this.next.set(name, off + 1);
    this.events.push({
      topic,
      type,
      key,
      part,
      off,
      eventId: `${name}/${off}`,
      createdAt: 0,
      payload,
    } as unknown as FeedEvent);
    return this;
  }
}

function assembler(
  live: readonly string[],
  change: Partial<ConstructorParameters<typeof SliceAssembler>[2]> = {},
  from?: AssembledSlice,
) {
  const feed = from?.feed ?? {
    offsets: { market_data: zeros, trading_signals: zeros },
    live: live.map((symbol) => ({ symbol, timeframe: 'ONE_MINUTE' as const })),
  };
  return new SliceAssembler(feed, from?.time ?? START, {
    signalSource: 'ema-cross',
    boundMs: null,
    marketIsOpen: () => true,
    ...change,
  });
}

function drain(from: SliceAssembler, nowMs = 0): AssembledSlice[] {
  const slices: AssembledSlice[] = [];
  for (let slice = from.next(nowMs); slice !== null; slice = from.next(nowMs)) slices.push(slice);
  return slices;
}

function feed(into: SliceAssembler, events: readonly FeedEvent[], nowMs = 0): AssembledSlice[] {
  for (const event of events) into.take(event, nowMs);
  return drain(into, nowMs);
}

const shape = (slices: readonly AssembledSlice[]) =>
  slices.map(({ time, bars, signals, ended }) => ({
    minute: (time - START) / MINUTE - 1,
    bars: bars.map((bar) => bar.symbol),
    signals: signals.map((signal) => signal.symbol),
    ended: ended.map((each) => each.symbol),
  }));

describe('SliceAssembler', () => {
  it('waits for the bar and what the source says of it', () => {
    const { events } = new Log().bar('A', 0).said('A', 0, 'lstm').said('A', 0);
    const into = assembler(['A']);
    expect(feed(into, events.slice(0, 2))).toEqual([]);
    expect(shape(feed(into, events.slice(2)))).toEqual([{ minute: 0, bars: ['A'], signals: ['A'], ended: [] }]);
  });

  it('needs no signals for an account of orders by hand', () => {
    expect(feed(assembler(['A'], { signalSource: null }), new Log().bar('A', 0).events)).toHaveLength(1);
  });

  it('takes "nothing to say" as an answer', () => {
    expect(shape(feed(assembler(['A']), new Log().bar('A', 0).said('A', 0, 'ema-cross', null).events))).toEqual([
      { minute: 0, bars: ['A'], signals: [], ended: [] },
    ]);
  });

  it('waits for every live symbol, and sorts them', () => {
    const log = new Log().bar('B', 0).said('B', 0);
    const into = assembler(['A', 'B']);
    expect(feed(into, log.events)).toEqual([]);
    expect(shape(feed(into, log.bar('A', 0).said('A', 0).events.slice(2)))).toEqual([
      { minute: 0, bars: ['A', 'B'], signals: ['A', 'B'], ended: [] },
    ]);
  });

  it('takes a later bar as the proof that there is none of that minute', () => {
    const { events } = new Log().bar('A', 0).said('A', 0).bar('B', 1).said('B', 1);
    expect(shape(feed(assembler(['A', 'B']), events))).toEqual([{ minute: 0, bars: ['A'], signals: ['A'], ended: [] }]);
  });

  it('does not wait for a symbol whose market is closed, nor longer than its bound', () => {
    const { events } = new Log().bar('A', 0).said('A', 0);
    expect(feed(assembler(['A', 'B'], { marketIsOpen: (symbol) => symbol !== 'B' }), events)).toHaveLength(1);
    const bounded = assembler(['A', 'B'], { boundMs: 5000 });
    expect(feed(bounded, events, 1000)).toEqual([]);
    expect(drain(bounded, 5999)).toEqual([]);
    expect(drain(bounded, 6000)).toHaveLength(1);
  });

  it('skips what comes late, corrections and other timeframes', () => {
    const into = assembler(['A']);
    feed(into, new Log().bar('A', 5).said('A', 5).events);
    const log = new Log().bar('A', 5).said('A', 5);
    const late = log
      .bar('A', 3)
      .bar('A', 6, { revision: 1 })
      .bar('A', 6, { timeframe: 'ONE_HOUR' })
      .said('A', 3)
      .events.slice(2);
    expect(feed(into, late)).toEqual([]);
    expect(into.feed.offsets.market_data[partitionOf('A')]).toBe(4);
    expect(into.feed.offsets.trading_signals[partitionOf('A')]).toBe(2);
  });

  it('tells of an end after the bars before it, at the time reached, and then waits for the symbol no more', () => {
    const { events } = new Log()
      .bar('A', 0)
      .said('A', 0)
      .ended('A', 0)
      .bar('B', 0)
      .said('B', 0)
      .bar('B', 1)
      .said('B', 1);
    expect(shape(feed(assembler(['A', 'B']), events))).toEqual([
      { minute: 0, bars: ['A', 'B'], signals: ['A', 'B'], ended: [] },
      { minute: 0, bars: [], signals: [], ended: ['A'] },
      { minute: 1, bars: ['B'], signals: ['B'], ended: [] },
    ]);
  });

  it('lets a new symbol join with its first bar', () => {
    const { events } = new Log().bar('A', 0).bar('N', 0).said('A', 0).said('N', 0);
    expect(shape(feed(assembler(['A']), events))).toEqual([
      { minute: 0, bars: ['A', 'N'], signals: ['A', 'N'], ended: [] },
    ]);
  });

  it('reads no further ahead than it can keep, but always on where it waits for something', () => {
    const [silent, busy] = [partitionOf('A'), partitionOf('B')];
    expect(silent).not.toBe(busy);
    const log = new Log();
    for (let minute = 0; minute < READ_AHEAD_MAX; minute += 1) log.bar('B', minute);
    const into = assembler(['A', 'B']);
    expect(feed(into, log.events)).toEqual([]);
    const readable = () =>
      (['market_data', 'trading_signals'] as const).map((topic) => [
        into.mayRead(topic, silent),
        into.mayRead(topic, busy),
      ]);
    expect(readable()).toEqual([
      [true, false],
      [true, true],
    ]);
    // All of it is proved complete but for what the source says.
    feed(into, new Log().bar('A', READ_AHEAD_MAX).events);
    expect(readable()[0]).toEqual([true, false]);
    const said = new Log();
    for (let minute = 0; minute < READ_AHEAD_MAX; minute += 1) said.said('B', minute);
    expect(feed(into, said.events)).toHaveLength(READ_AHEAD_MAX);
    expect(readable()[0]).toEqual([true, true]);
  });

  it('refuses an event that cannot be read, and counts it as acted on', () => {
    const into = assembler(['A']);
    const [event] = new Log().bar('A', 0, { close: null }).events;
    expect(() => into.take(event!, 0)).toThrow(/number null/);
    expect(into.feed.offsets.market_data[partitionOf('A')]).toBe(1);
    for (const volume of [-1, null, Number.NaN]) {
      const [bad] = new Log().bar('A', 0, { volume }).events;
      expect(() => assembler(['A']).take(bad!, 0)).toThrow(/volume|number/);
    }
  });

  it('makes the same slices however the two topics and the partitions interleave, and wherever it is restarted', () => {
    const minutes = fc.array(fc.record({ a: fc.boolean(), b: fc.boolean() }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(minutes, fc.infiniteStream(fc.nat(3)), fc.nat(20), (present, choices, restartAfter) => {
        const log = new Log();
        present.forEach(({ a, b }, minute) => {
          if (a) log.bar('A', minute).said('A', minute);
          if (b) log.bar('B', minute).said('B', minute);
        });
        log.ended('A', 20).ended('B', 20);
        const expected = shape(feed(assembler(['A', 'B']), log.events)).filter(({ ended }) => ended.length === 0);

        // The same events, each partition in its order, the partitions in any.
        const queues = new Map<string, FeedEvent[]>();
        for (const event of log.events)
          queues.set(`${event.topic}/${event.part}`, [...(queues.get(`${event.topic}/${event.part}`) ?? []), event]);
        let into = assembler(['A', 'B']);
        const slices: AssembledSlice[] = [];
        const positions = () =>
          [...queues.values()].filter((queue) =>
            queue.some((event) => event.off >= into.nextToRead(event.topic, event.part)),
          );
        for (let left = positions(); left.length > 0; left = positions()) {
          const queue = left[choices.next().value! % left.length]!;
          into.take(
            queue.find((event) => event.off >= into.nextToRead(event.topic, event.part))!,
            0,
          );
          for (const slice of drain(into)) {
            slices.push(slice);
            // What was in memory is lost: the stored feed is all that is known.
            if (slices.length !== restartAfter || slice.ended.length > 0) continue;
            into = assembler([], {}, slice);
            break;
          }
        }
        expect(shape(slices).filter(({ ended }) => ended.length === 0)).toEqual(expected);
      }),
    );
  });
});
