import type { Logger } from '../ports/logger.js';

/** What must be closed in the end, in the reverse order of its opening. */
export class Shutdown {
  private readonly closers: { readonly name: string; readonly close: () => Promise<void> }[] = [];
  private closing: Promise<void> | null = null;

  constructor(private readonly logger: Logger) {}

  add(name: string, close: () => Promise<void>): void {
    this.closers.push({ name, close });
  }

  /** Closes everything, once, the last opened first. A closer that fails is logged, and the rest are closed all the same. */
  run(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    for (const { name, close } of this.closers.toReversed()) {
      try {
        await close();
        this.logger.debug({ part: name }, 'closed');
      } catch (error) {
        this.logger.error({ part: name, err: error }, 'did not close cleanly');
      }
    }
  }
}
