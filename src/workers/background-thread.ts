import { setPriority } from 'node:os';

/** A tenth of a normal thread's share where both want the processor: the API's answers do not wait for long work. */
const NICENESS = 10;

// Preloaded into worker threads with long work, so that the loading of their code stands back as well. Only on Linux has
// a thread a priority of its own.
if (process.platform === 'linux') setPriority(0, NICENESS);
