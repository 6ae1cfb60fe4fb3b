import type { Pool } from 'pg';
import type { Fault } from '../plan/fault-plan.js';
import type { DatabaseServer } from '../world/database-server.js';
import type { SmallDisk } from '../world/small-disk.js';
import type { Member, World } from '../world/world.js';

/** What a fault may be done to. */
export interface Surroundings {
  readonly world: World;
  readonly server: DatabaseServer;
  readonly disk: SmallDisk;
  /** On the world's database, past the proxies. */
  readonly pool: Pool;
  /** One fault at a time concerns the database server. */
  readonly onServer: <T>(act: () => Promise<T>) => Promise<T>;
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
