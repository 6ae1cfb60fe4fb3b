/** What a child is told of its life. */
export interface ChildLife {
  /** Aborted by SIGTERM: what is at hand is finished, and the child ends. */
  readonly stopping: AbortSignal;
  /** To be called once, when the child is at work. */
  ready(): void;
}

const RETRY_MS = 50;

/**
 * The main function of a process of the harness: reads its options (JSON, the first argument), says `"started"` when it is ready,
 * ends with 0 when it was told to stop, and with 1 on an error.
 */
export async function runChild<T>(work: (options: T, life: ChildLife) => Promise<void>): Promise<void> {
  const stopping = new AbortController();
  process.on('SIGTERM', () => stopping.abort());
  const options = JSON.parse(process.argv[2] ?? 'null') as T;
  try {
    await work(options, { stopping: stopping.signal, ready: () => process.stdout.write('{"msg":"started"}\n') });
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    // Told to stop while the database was away: it could not have finished.
    process.exit(stopping.signal.aborted ? 0 : 1);
  }
}

/** Tries again until it succeeds: the database may be away for seconds. Throws the last error once told to stop. */
export async function untilItSucceeds<T>(stopping: AbortSignal, act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (stopping.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
