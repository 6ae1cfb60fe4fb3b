import type { Logger } from 'pino';
import { isStrayError } from '../adapters/strategies/stray-error.js';
import type { Config } from '../config/config.js';
import { startProgram } from '../main.js';
import type { Role } from '../roles/role.js';
import { ROLES } from '../roles/role.js';
import { ExplainedError } from '../roles/explained-error.js';
import { openLog } from './logging.js';
import type { StopSignals } from './stop-signals.js';

/**
 * `npx tradegraph start`: runs until it is told to stop. The first signal stops it cleanly, within DRAIN_SECONDS; the
 * second at once.
 */
export async function start(
  config: Config,
  roles: readonly Role[],
  version: string,
  signals: StopSignals,
): Promise<void> {
  checkRoles(config, roles);
  const { logger, steps } = openLog(config);
  steps.say(`Tradegraph ${version}`);
  signals.whenStopped((why) => {
    steps.say(`Stopping (${why}); once more to stop at once.`);
    setTimeout(() => {
      logger.error({}, 'did not stop in time; the next start recovers');
      process.exit(1);
    }, config.DRAIN_SECONDS * 1000).unref();
  });
  endOnUnexpectedErrors(config, logger);

  const { signal } = signals;
  const onLost = (error: Error): void => {
    logger.fatal({ err: error }, 'the database went away');
    process.exitCode = 1;
    signals.stop('the database went away');
  };
  const program = await startProgram({ config, roles, version, logger, steps, signal, onLost }).catch(
    (error: unknown) => {
      // What it waited for at its start it need not wait for any more.
      if (signal.aborted) return null;
      throw error;
    },
  );
  if (program !== null && !signal.aborted) {
    const { url, healthUrl } = program;
    if (url !== null) announce(url, healthUrl, steps.say.bind(steps));
    logger.info({ url, healthUrl, roles }, 'started');
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  }
  await program?.stop();
  steps.say('Stopped.');
  process.exit();
}

function endOnUnexpectedErrors(config: Config, logger: Logger): void {
  const crash = (error: unknown): void => {
    if (isStrayError(error, config.TRADEGRAPH_STRATEGIES)) {
      logger.error(
        { err: error },
        'a strategy left an error that nobody caught: what it began beside its decisions failed',
      );
      return;
    }
    logger.fatal({ err: error }, 'unexpected error: the program ends, the next start recovers');
    process.exit(1);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}

function announce(url: string, healthUrl: string | null, say: (text: string) => void): void {
  const health = healthUrl === null ? 'not served: set HEALTH_PORT' : `${healthUrl}/readyz`;
  say(
    `\n  Page        ${url}/\n  Playground  ${url}/playground\n  GraphQL     ${url}/graphql (HTTP and websocket)\n  Health      ${health}\n`,
  );
}

/** The embedded database belongs to one process. */
function checkRoles(config: Config, roles: readonly Role[]): void {
  if (roles.length === ROLES.length) return;
  if (config.DATABASE_URL !== undefined) return;
  throw new ExplainedError(
    'the embedded database belongs to one process, which runs every role: set DATABASE_URL to spread roles over processes.',
  );
}
