import { Redis } from 'ioredis';
import { lasting, type Injector } from './injector.js';

/** Below it FLUSHALL; above it the server is killed, and comes back empty. */
const FLUSHED_SHARE = 0.5;

/** Every job and schedule that Redis holds is gone. */
export const flushRedis: Injector = {
  unavailable: ({ engines }) => (engines.redis === null ? 'jobs are kept in PostgreSQL here (--services)' : null),
  inject: async (fault, { engines: { redis }, onServices }) => {
    if (redis === null) return;
    await onServices(async () => {
      if (fault.draw < FLUSHED_SHARE) {
        const client = new Redis(redis.url);
        await client.flushall();
        client.disconnect();
        return;
      }
      await redis.kill();
      await lasting(fault.lastsMs);
      await redis.start();
    });
  },
};
