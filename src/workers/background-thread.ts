import { setPriority } from 'node:os';

/** A third of a normal thread's share where both want the processor: the API's answers do not wait for long work. */
const NICENESS = 5;

/** To be called first in a worker thread with long work. Only on Linux has a thread a priority of its own. */
export function runInBackground(): void {
  if (process.platform === 'linux') setPriority(0, NICENESS);
}
