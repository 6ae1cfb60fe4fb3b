import type { Foundation } from './foundation.js';

const LOOK_EVERY_MS = 250;

/** Lets a replay run once every replayed series has its first model, or when the hold is over. A live source needs neither. */
export function releaseReplay(foundation: Foundation): void {
  const { config, replay, source, mlStore, steps, logger, shutdown } = foundation;
  if (replay === null) return;
  const step = steps.begin('Replay');
  if (replay.pace.state === 'ENDED') {
    step.done(
      `${source.description}, has ended: everything stays queryable; \`npx tradegraph reset\` begins a new one`,
    );
    return;
  }
  const until = performance.now() + config.REPLAY_HOLD_SECONDS * 1000;
  const look = async (): Promise<void> => {
    const ready = await Promise.all(
      source.defaults.tracked.map(({ symbol, timeframe }) => mlStore.readyModel('LSTM', symbol, timeframe)),
    );
    const trained = ready.every((model) => model !== null);
    if (!trained && performance.now() < until) return;
    clearInterval(timer);
    replay.pace.release();
    step.done(
      `${source.description}, ${trained ? 'the first model is ready' : `no model after ${config.REPLAY_HOLD_SECONDS} s`}: it runs`,
    );
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) => logger.warn({ err: error }, 'cannot see whether a model is ready'));
  }, LOOK_EVERY_MS);
  shutdown.add('replay hold', async () => clearInterval(timer));
}
