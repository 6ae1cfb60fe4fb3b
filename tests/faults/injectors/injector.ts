import type { Pool } from 'pg';
import type { Fault } from '../plan/fault-plan.js';
import type { Engines } from '../world/engines.js';
import type { Member, World } from '../world/world.js';

/** Runs what it is given when all that it was given before is over. */
export type OneAtATime = <T>(act: () => Promise<T>) => Promise<T>;

export function oneAtATime(): OneAtATime {
  let turn: Promise<unknown> = Promise.resolve();
  return (act) => {
    const result = turn.then(act);
    turn = result.catch(() => undefined);
    return result;
  };
}

/** What a fault may be done to. */
export interface Surroundings {
  readonly world: World;
  readonly engines: Engines;
  /** On the world's database, past the proxies. */
  readonly pool: Pool;
  /** One fault at a time concerns the database server. */
  readonly onServer: OneAtATime;
  /** One fault at a time concerns Kafka or Redis. */
  readonly onServices: OneAtATime;
}

/** Does a fault from its beginning to its end: when it resolves, what was broken is whole again. */
export type Inject = (fault: Fault, surroundings: Surroundings) => Promise<void>;

export interface Injector {
  readonly inject: Inject;
  /** Why it cannot be done here, as one clear line; null when it can. */
  readonly unavailable?: (surroundings: Surroundings) => string | null;
}

export const lasting = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The process that a fault names. */
export function memberOf(fault: Fault, { world }: Surroundings): Member {
  return world.member(fault.target ?? '');
}
