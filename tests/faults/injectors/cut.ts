import { memberOf, type Injector } from './injector.js';

/** All connections of a process to the database are reset, in the middle of whatever they carry. */
export const cut: Injector = {
  inject: async (fault, surroundings) => {
    memberOf(fault, surroundings).proxy.cut();
  },
};
