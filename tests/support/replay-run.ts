import { connectApi } from './api-client.js';
import { eventually, startProgram, type Program } from './program.js';

/** A replay that waits for its model and then plays as fast as it can: what it leaves behind depends on nothing else. */
export const REPLAY_ENVIRONMENT = { REPLAY_SPEED: 'max', REPLAY_HOLD_SECONDS: '600', ML_EPOCHS: '1', ML_SEED: '11' };

const END_DEADLINE_MS = 90_000;

export const startReplay = (home: string, environment: Record<string, string> = {}): Promise<Program> =>
  startProgram({ TRADEGRAPH_HOME: home, ...REPLAY_ENVIRONMENT, ...environment });

/** Resolves when the replay is over and every consumer, accounts included, has acted on all of it. */
export async function replayIsOver(url: string, deadlineMs = END_DEADLINE_MS): Promise<void> {
  const api = connectApi(url);
  try {
    await eventually(
      'the end of the replay, with nothing left to act on',
      async () => {
        const { platform } = await api.sdk.Platform();
        return platform.replay?.state === 'ENDED' && platform.pipeline.every(({ events }) => events === 0);
      },
      deadlineMs,
    );
  } finally {
    await api.close();
  }
}
