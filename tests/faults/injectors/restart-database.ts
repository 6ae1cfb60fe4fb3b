import type { Injector } from './injector.js';

/** PostgreSQL ends in immediate mode, as at a power cut, and recovers from its log. */
export const restartDatabase: Injector = {
  inject: async (_fault, { engines: { server }, onServer }) => {
    await onServer(() => server.restartImmediately());
  },
};
