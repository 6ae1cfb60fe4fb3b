const FIRST_MS = 60_000;
const LAST_MS = 3_600_000;

/**
 * When to speak again of something that lasts: a minute after it was first said, two minutes after that, four, and so on up
 * to once an hour. Whoever reads the log sees that it lasts, and sees everything else too. Monotonic milliseconds.
 */
export class GrowingNotice {
  #pauseMs = FIRST_MS;
  #dueAtMs: number;

  constructor(readonly sinceMs: number) {
    this.#dueAtMs = sinceMs + FIRST_MS;
  }

  /** Whether it is time; if so, the next time is further away. */
  isDue(nowMs: number): boolean {
    if (nowMs < this.#dueAtMs) return false;
    this.#pauseMs = Math.min(2 * this.#pauseMs, LAST_MS);
    this.#dueAtMs = nowMs + this.#pauseMs;
    return true;
  }
}
