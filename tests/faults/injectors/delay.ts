import { lasting, memberOf, type Injector } from './injector.js';

const SHORTEST_MS = 20;
const LONGEST_MS = 250;

/** Every piece to and from the database takes longer: by 20 to 250 ms. */
export const delay: Injector = {
  inject: async (fault, surroundings) => {
    const { process, proxy } = memberOf(fault, surroundings);
    await process.exclusively(async () => {
      proxy.set({ kind: 'delay', ms: SHORTEST_MS + fault.draw * (LONGEST_MS - SHORTEST_MS) });
      await lasting(fault.lastsMs);
      proxy.set({ kind: 'pass' });
    });
  },
};
