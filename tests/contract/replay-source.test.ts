import { describe, expect, it } from 'vitest';
import { openReplay } from '../../src/adapters/replay/open-replay.js';
import { appleDays, bitcoinMinutes } from '../../src/adapters/replay/recordings.js';
import { checkBar } from '../../src/domain/bar.js';
import { describeMarketDataSource } from './market-data-source.js';

const START = Date.UTC(2016, 0, 3, 15, 30);
const ALL = { from: 0, to: Number.MAX_SAFE_INTEGER };
const nothingStored = { latest: () => Promise.resolve(null) };
const replayFrom = (start: number) => openReplay({ start, speed: 'max', bars: nothingStored });

describeMarketDataSource('the replay', async () => {
  const { source } = await replayFrom(START);
  return {
    source,
    now: START,
    symbol: 'BTC-USD',
    timeframe: 'ONE_MINUTE',
    from: START - 600_000,
    to: START + 600_000,
    unknownSymbol: 'NOT-THERE',
  };
});

describe('the packaged recordings', () => {
  it('hold valid bars in order: 3,927 minutes of BTC-USD and 1,260 days of AAPL', async () => {
    for (const [recording, count] of [
      [await bitcoinMinutes(), 3927],
      [await appleDays(), 1260],
    ] as const) {
      expect(recording.bars).toHaveLength(count);
      for (const [index, bar] of recording.bars.entries()) {
        expect(checkBar(bar, bar.closeTime)).toMatchObject({ ok: true });
        expect(bar.timestamp).toBeGreaterThanOrEqual(recording.bars[index - 1]?.closeTime ?? 0);
      }
    }
  });

  it('open and close an AAPL day with its session', async () => {
    const { bars } = await appleDays();
    const [first] = bars;
    expect(first).toMatchObject({ timestamp: Date.UTC(2013, 4, 13, 13, 30), closeTime: Date.UTC(2013, 4, 13, 20) });
    expect(first).toMatchObject({ open: 64.501427, close: 64.96286, volume: 79_237_200, adjustment: 'SPLIT' });
  });
});

describe('the replay', () => {
  it('shows no bar before its close, while its clock moves over the whole recording', async () => {
    const { source, clock } = await replayFrom(START);
    clock.release();
    let played = 0;
    for (let due = clock.takeDue(); due !== null; due = clock.takeDue()) {
      const { bars, ended } = await source.fetch({ symbol: 'BTC-USD', timeframe: 'ONE_MINUTE', ...ALL });
      expect(bars.at(-1)?.closeTime).toBe(clock.now());
      clock.settle();
      expect(ended).toBe(clock.state === 'ENDED');
      played += 1;
    }
    expect(played).toBe(503);
  });

  it('holds of AAPL only the days that closed before its start', async () => {
    const { source } = await replayFrom(START);
    const { bars } = await source.fetch({ symbol: 'AAPL', timeframe: 'ONE_DAY', ...ALL });
    expect(new Date(bars.at(-1)!.closeTime).toISOString()).toBe('2015-12-31T21:00:00.000Z');
    await expect(source.fetch({ symbol: 'AAPL', timeframe: 'ONE_MINUTE', ...ALL })).rejects.toMatchObject({
      code: 'UNSUPPORTED_TIMEFRAME',
      retriable: false,
    });
  });

  it('goes on from the last stored bar and says when it begins', async () => {
    const stored = { timestamp: START + 600_000, closeTime: START + 660_000, close: 430 };
    const { clock, source } = await openReplay({
      start: START,
      speed: 1,
      bars: { latest: () => Promise.resolve(stored) },
    });
    expect(clock.now()).toBe(START + 660_000);
    expect(source.description).toBe('replay of recorded BTC-USD minutes, 3 January 2016 from 15:30 UTC');
  });

  it('refuses to start after its end', async () => {
    await expect(replayFrom(Date.UTC(2016, 0, 4))).rejects.toThrow(/not before the recording's end/);
  });
});
