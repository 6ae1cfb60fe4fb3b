import type { Foundation } from './foundation.js';
import type { Replay } from './market-data.js';

const LOOK_EVERY_MS = 250;

/** Lets a replay that this process plays run once every replayed series has its first model, or when the hold is over. */
export function holdReplay(foundation: Foundation, { pace }: Replay): void {
  const { config, source, mlStore, steps, logger, shutdown } = foundation;
  const step = steps.begin('Replay');
  if (pace.state === 'ENDED') {
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
    pace.release();
    step.done(
      `${source.description}, ${trained ? 'the first model is ready' : `no model after ${config.REPLAY_HOLD_SECONDS} s`}: it runs`,
    );
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) => logger.warn({ err: error }, 'cannot see whether a model is ready'));
  }, LOOK_EVERY_MS);
  shutdown.add('replay hold', async () => clearInterval(timer));
}
