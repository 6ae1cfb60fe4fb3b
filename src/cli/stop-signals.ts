/** npm passes a Ctrl-C on that the terminal has given us already: so soon, a second signal is still the first. */
const ECHO_MS = 1_000;
/** 128 and the number of SIGINT, as shells tell it. */
const STOPPED_AT_ONCE = 130;

/**
 * What tells a program to stop. Made before anything takes time: as process 1 of a container a program without a handler
 * ignores SIGTERM, and a stop that comes while it is loaded would be lost.
 */
export class StopSignals {
  private readonly stopped = new AbortController();
  private sinceMs: number | null = null;
  private onStop: (why: string) => void = () => undefined;
  private reason = '';

  constructor() {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => this.signalled(name));
  }

  /** Aborted when it is to stop. */
  get signal(): AbortSignal {
    return this.stopped.signal;
  }

  /** Why it stops; the empty string while it runs. */
  get why(): string {
    return this.reason;
  }

  /** Called once, when it is to stop; at once when it was told so already. */
  whenStopped(onStop: (why: string) => void): void {
    this.onStop = onStop;
    if (this.sinceMs !== null) onStop(this.reason);
  }

  /** Stops as a signal does. */
  stop(why: string): void {
    if (this.sinceMs !== null) return;
    this.sinceMs = performance.now();
    this.reason = why;
    this.onStop(why);
    this.stopped.abort(new Error(`the program stops: ${why}`));
  }

  /** The first signal stops cleanly, the second at once. */
  private signalled(name: string): void {
    if (this.sinceMs !== null && performance.now() - this.sinceMs > ECHO_MS) process.exit(STOPPED_AT_ONCE);
    this.stop(name);
  }
}
