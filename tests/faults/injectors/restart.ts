import { memberOf, type Injector } from './injector.js';

/** SIGTERM: what is at hand is finished and given back, as at a deployment. */
export const restart: Injector = {
  inject: async (fault, surroundings) => {
    const { process } = memberOf(fault, surroundings);
    await process.exclusively(() => process.restart());
  },
};
