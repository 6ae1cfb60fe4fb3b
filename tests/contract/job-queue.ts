import { afterEach, describe, expect, it, vi } from 'vitest';
import { JobNotRetriableError, type JobDefinition, type JobQueue } from '../../src/ports/job-queue.js';

interface Payload {
  readonly text: string;
}

/** Long enough for a slow machine, short enough for a suite: what is waited for comes in milliseconds. */
const DEADLINE = { timeout: 15_000, interval: 20 };
let names = 0;

/** A job of its own for each test: kinds do not share a queue. */
function makeJob(
  run: JobDefinition<Payload>['run'],
  overrides: Partial<JobDefinition<Payload>> = {},
): JobDefinition<Payload> {
  names += 1;
  return {
    name: `contract-${process.pid}-${names}`,
    attempts: 1,
    concurrency: 1,
    parse(payload) {
      if (typeof payload === 'object' && payload !== null && 'text' in payload && typeof payload.text === 'string') {
        return { text: payload.text };
      }
      throw new TypeError('text: a string is required');
    },
    run,
    ...overrides,
  };
}

/** What every job queue does. `open` gives a queue on the same database each time. */
export function describeJobQueue(name: string, open: () => Promise<JobQueue>): void {
  const opened: JobQueue[] = [];
  const openQueue = async (): Promise<JobQueue> => {
    const queue = await open();
    opened.push(queue);
    return queue;
  };

  describe(`${name} as a job queue`, () => {
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((queue) => queue.close(5000)));
    });

    it('runs a job that was queued before anybody worked on it, in another process', async () => {
      const seen: string[] = [];
      const job = makeJob(async ({ text }) => void seen.push(text));
      const producer = await openQueue();
      const id = await producer.enqueue(job, { text: 'hello' });
      expect(id).not.toBe('');
      expect(await producer.status()).toMatchObject([{ name: job.name, waiting: 1 }]);
      await (await openQueue()).work(job);
      await vi.waitFor(() => expect(seen).toEqual(['hello']), DEADLINE);
      await vi.waitFor(
        async () => expect(await producer.status()).toMatchObject([{ waiting: 0, active: 0 }]),
        DEADLINE,
      );
    });

    it('refuses a bad payload when it is queued and when it is scheduled', async () => {
      const queue = await openQueue();
      const job = makeJob(async () => undefined);
      const bad = { text: 7 } as unknown as Payload;
      await expect(queue.enqueue(job, bad)).rejects.toThrow('a string is required');
      await expect(queue.schedule(job, { id: 'bad', everyMs: 1000, payload: bad })).rejects.toThrow(
        'a string is required',
      );
      expect(await queue.scheduleIds(job)).toEqual([]);
    });

    it('fails a job whose payload is no longer accepted, without running it', async () => {
      const queue = await openQueue();
      const run = vi.fn<JobDefinition<Payload>['run']>(async () => undefined);
      const job = makeJob(run, { attempts: 5 });
      await queue.enqueue({ ...job, parse: () => ({ text: 7 }) as unknown as Payload }, { text: '' });
      await queue.work(job);
      await vi.waitFor(async () => expect(await queue.status()).toMatchObject([{ failed: 1 }]), DEADLINE);
      expect(run).not.toHaveBeenCalled();
    });

    it('tries a failing job again up to its bound, and one that cannot succeed only once', async () => {
      const queue = await openQueue();
      let attempts = 0;
      const flaky = makeJob(
        async () => {
          attempts += 1;
          if (attempts < 2) throw new Error('not yet');
        },
        { attempts: 3 },
      );
      const hopeless = vi.fn<JobDefinition<Payload>['run']>(() => Promise.reject(new JobNotRetriableError('never')));
      const hopelessJob = makeJob(hopeless, { attempts: 3 });
      await Promise.all([queue.work(flaky), queue.work(hopelessJob)]);
      await queue.enqueue(flaky, { text: '' });
      await queue.enqueue(hopelessJob, { text: '' });
      await vi.waitFor(() => expect(attempts).toBe(2), DEADLINE);
      await vi.waitFor(async () => {
        const status = await queue.status();
        expect(status.find((row) => row.name === hopelessJob.name)).toMatchObject({ failed: 1, delayed: 0 });
      }, DEADLINE);
      expect(hopeless).toHaveBeenCalledTimes(1);
    });

    it('queues nothing new under an id that still waits, and does again once that has run', async () => {
      const queue = await openQueue();
      const seen: string[] = [];
      const job = makeJob(async ({ text }) => void seen.push(text));
      const first = await queue.enqueue(job, { text: 'first' }, { id: 'once' });
      expect(await queue.enqueue(job, { text: 'second' }, { id: 'once' })).toBe(first);
      await queue.work(job);
      await vi.waitFor(() => expect(seen).toEqual(['first']), DEADLINE);
      await vi.waitFor(async () => {
        expect(await queue.enqueue(job, { text: 'third' }, { id: 'once' })).not.toBe(first);
      }, DEADLINE);
      await vi.waitFor(() => expect(seen).toEqual(['first', 'third']), DEADLINE);
    });

    it('runs no more jobs of a kind at once than its concurrency', async () => {
      const queue = await openQueue();
      let running = 0;
      let most = 0;
      let done = 0;
      const job = makeJob(
        async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
          done += 1;
        },
        { concurrency: 2 },
      );
      for (let index = 0; index < 8; index += 1) await queue.enqueue(job, { text: `${index}` });
      await queue.work(job);
      await vi.waitFor(() => expect(done).toBe(8), DEADLINE);
      expect(most).toBeLessThanOrEqual(2);
    });

    it('runs a scheduled job again and again; scheduling it again unchanged runs nothing extra', async () => {
      const queue = await openQueue();
      let runs = 0;
      const job = makeJob(async () => void (runs += 1));
      await queue.schedule(job, { id: 'tick', everyMs: 200, payload: { text: '' } });
      await queue.work(job);
      await vi.waitFor(() => expect(runs).toBeGreaterThanOrEqual(3), DEADLINE);
      const hourly = makeJob(async () => undefined);
      for (let index = 0; index < 3; index += 1)
        await queue.schedule(hourly, { id: 'hourly', everyMs: 3_600_000, payload: { text: '' } });
      expect(await queue.scheduleIds(hourly)).toEqual(['hourly']);
      const status = await queue.status();
      const { waiting = 0, delayed = 0 } = status.find((row) => row.name === hourly.name) ?? {};
      expect(waiting + delayed).toBe(1);
    });

    it('lets another process see and end a schedule, and take up its changes', async () => {
      const [first, second] = [await openQueue(), await openQueue()];
      const seen: string[] = [];
      const job = makeJob(async ({ text }) => void seen.push(text));
      await first.schedule(job, { id: 'a', everyMs: 3_600_000, payload: { text: 'slow' } });
      await second.schedule(job, { id: 'a', everyMs: 100, payload: { text: 'quick' } });
      await second.work(job);
      await vi.waitFor(() => expect(seen.filter((text) => text === 'quick').length).toBeGreaterThan(1), DEADLINE);
      await first.unschedule(job, 'a');
      expect(await second.scheduleIds(job)).toEqual([]);
      await vi.waitFor(async () => {
        expect(await first.status()).toMatchObject([{ waiting: 0, active: 0, delayed: 0 }]);
      }, DEADLINE);
    });

    it('tells a running job to stop, waits for it, and takes no further one', async () => {
      const queue = await openQueue();
      const events: string[] = [];
      const running = vi.fn<() => void>();
      const job = makeJob(async (_, context) => {
        await context.progress(0.5, 'half');
        running();
        await new Promise((resolve) => context.signal.addEventListener('abort', resolve, { once: true }));
        events.push('finished');
      });
      await queue.work(job);
      await queue.enqueue(job, { text: 'one' });
      await vi.waitFor(() => expect(running).toHaveBeenCalled(), DEADLINE);
      await queue.enqueue(job, { text: 'two' });
      await queue.close(10_000);
      events.push('closed');
      expect(events).toEqual(['finished', 'closed']);
      opened.splice(opened.indexOf(queue), 1);
    });

    it('does not wait for a job beyond the deadline', async () => {
      const queue = await openQueue();
      const gate = new AbortController();
      const stuck = new Promise<void>((resolve) => gate.signal.addEventListener('abort', () => resolve()));
      const running = vi.fn<JobDefinition<Payload>['run']>(() => stuck);
      const job = makeJob(running);
      await queue.work(job);
      await queue.enqueue(job, { text: '' });
      await vi.waitFor(() => expect(running).toHaveBeenCalled(), DEADLINE);
      const began = performance.now();
      await queue.close(200);
      expect(performance.now() - began).toBeLessThan(5000);
      opened.splice(opened.indexOf(queue), 1);
      gate.abort();
    });
  });
}
