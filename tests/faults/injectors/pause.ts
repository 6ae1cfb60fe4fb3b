import { lasting, memberOf, type Injector } from './injector.js';

/** SIGSTOP: the process stands still with all that it holds, and goes on as if no time had passed. */
export const pause: Injector = {
  inject: async (fault, surroundings) => {
    const { process } = memberOf(fault, surroundings);
    await process.exclusively(async () => {
      process.pause();
      await lasting(fault.lastsMs);
      process.resume();
    });
  },
};
