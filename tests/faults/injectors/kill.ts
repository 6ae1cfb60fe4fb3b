import { memberOf, type Injector } from './injector.js';

/** kill -9: nothing is finished, nothing is said. The supervisor starts it again. */
export const kill: Injector = {
  inject: async (fault, surroundings) => {
    const { process } = memberOf(fault, surroundings);
    await process.exclusively(() => process.kill());
  },
};
