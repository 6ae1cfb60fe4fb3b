import { describe, expect, it, vi } from 'vitest';
import { recordingLogger } from '../../tests/support/recording-logger.js';
import { keepQueued } from './keep-queued.js';

const HOUR_MS = 3_600_000;
const DEADLINE = { timeout: 10_000, interval: 5 };

function losableQueue() {
  const listeners: (() => void)[] = [];
  return {
    queue: { whenLost: (putAgain: () => void) => void listeners.push(putAgain) },
    lose: () => listeners.forEach((putAgain) => putAgain()),
  };
}

describe('keepQueued', () => {
  it('puts again at once what the queue has lost, also when that happens while it is being put', async () => {
    const { queue, lose } = losableQueue();
    const stopping = new AbortController();
    const put = vi.fn<() => Promise<void>>(async () => {
      if (put.mock.calls.length === 1) lose();
    });
    const options = { queue, put, what: 'schedules', logger: recordingLogger(), signal: stopping.signal };
    const keeping = keepQueued({ ...options, everyMs: HOUR_MS });
    lose();
    await vi.waitFor(() => expect(put).toHaveBeenCalledTimes(2), DEADLINE);
    stopping.abort();
    await keeping;
    expect(put).toHaveBeenCalledTimes(2);
  });

  it('tries again after a failure, and says what failed', async () => {
    const { queue } = losableQueue();
    const stopping = new AbortController();
    const logger = recordingLogger();
    const put = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('away')).mockResolvedValue();
    const keeping = keepQueued({ queue, put, what: 'schedules', logger, signal: stopping.signal, everyMs: 1 });
    await vi.waitFor(() => expect(put.mock.calls.length).toBeGreaterThan(2), DEADLINE);
    stopping.abort();
    await keeping;
    expect(logger.lines.map(({ message }) => message)).toEqual([
      'schedules could not be put into the job queue; it is tried again',
    ]);
  });
});
