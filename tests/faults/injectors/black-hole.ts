import { lasting, memberOf, type Injector } from './injector.js';

/** Below it what was swallowed arrives in the end; above it the connections are reset. */
const ARRIVES_SHARE = 0.5;

/** Nothing arrives any more in either direction, and nobody is told: a network that is parted. */
export const blackHole: Injector = {
  inject: async (fault, surroundings) => {
    const { process, proxy } = memberOf(fault, surroundings);
    await process.exclusively(async () => {
      proxy.set({ kind: 'hold' });
      await lasting(fault.lastsMs);
      if (fault.draw >= ARRIVES_SHARE) proxy.cut();
      proxy.set({ kind: 'pass' });
    });
  },
};
