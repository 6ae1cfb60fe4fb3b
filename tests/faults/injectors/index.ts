import type { FaultKind } from '../plan/fault-kinds.js';
import { blackHole } from './black-hole.js';
import { cut } from './cut.js';
import { delay } from './delay.js';
import { endBackends } from './end-backends.js';
import { fillDisk } from './fill-disk.js';
import { flushRedis } from './flush-redis.js';
import { jumpClock } from './jump-clock.js';
import { kill } from './kill.js';
import type { Injector } from './injector.js';
import { pause } from './pause.js';
import { restart } from './restart.js';
import { restartDatabase } from './restart-database.js';
import { restartKafka } from './restart-kafka.js';

export { oneAtATime, type Injector, type Surroundings } from './injector.js';

/** How each kind of fault is done. */
export const INJECTORS: Readonly<Record<FaultKind, Injector>> = {
  kill,
  restart,
  pause,
  cut,
  delay,
  'black-hole': blackHole,
  'end-backends': endBackends,
  'restart-database': restartDatabase,
  'fill-disk': fillDisk,
  'jump-clock': jumpClock,
  'restart-kafka': restartKafka,
  'flush-redis': flushRedis,
};
