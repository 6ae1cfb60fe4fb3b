import type { Clock } from '../ports/clock.js';

/** Market time of a live source: the machine's clock. */
export class SystemClock implements Clock {
  readonly isReplay = false;

  now(): number {
    return Date.now();
  }
}
