import type { Logger } from '../../ports/logger.js';

/** Who holds a run now. */
export interface Holder {
  readonly status: string;
  readonly attempt: number;
}

export interface HolderWatch {
  /** Null when the run is gone. */
  readonly holder: () => Promise<Holder | null>;
  readonly attempt: number;
  /** The run has ended, was deleted, canceled, or taken up by another. */
  readonly onLost: () => void;
  /** 200 ms when left out, so that a cancel ends a run within a second. */
  readonly everyMs?: number | undefined;
  readonly logger: Logger;
}

const EVERY_MS = 200;

/**
 * Asks again and again whether a run is still ours: a strategy that loops for ever writes nothing that would tell of a
 * cancel. Answers the way to stop.
 */
export function watchHolder({ holder, attempt, onLost, everyMs = EVERY_MS, logger }: HolderWatch): () => void {
  const look = async (): Promise<void> => {
    const found = await holder();
    if (found === null || found.status !== 'RUNNING' || found.attempt !== attempt) onLost();
  };
  let looking: Promise<void> | null = null;
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => logger.warn({ err: error }, 'a run could not be looked after'))
      .finally(() => (looking = null));
  }, everyMs);
  return () => clearInterval(timer);
}
