import { isStrayError } from '../adapters/strategies/stray-error.js';
import type { Config } from '../config/config.js';
import { startProgram } from '../main.js';
import type { Role } from '../roles/role.js';
import { ROLES } from '../roles/role.js';
import { ExplainedError } from '../roles/explained-error.js';
import { openLog } from './logging.js';

/** A stop that takes longer than this is broken off: the next start recovers. */
const STOP_DEADLINE_MS = 15_000;
/** npm passes a Ctrl-C on that the terminal has given us already: so soon, a second signal is still the first. */
const ECHO_MS = 1_000;

/** `npx tradegraph start`: runs until it is told to stop. The first signal stops it cleanly, the second at once. */
export async function start(config: Config, roles: readonly Role[], version: string): Promise<void> {
  checkRoles(config, roles);
  const { logger, steps } = openLog(config);
  steps.say(`Tradegraph ${version}`);
  const stopped = new AbortController();
  let stoppingSince: number | null = null;

  const stop = (why: string, code: number): void => {
    if (stoppingSince !== null) {
      if (code === 0 && performance.now() - stoppingSince > ECHO_MS) process.exit(130);
      return;
    }
    stoppingSince = performance.now();
    process.exitCode = code;
    steps.say(`Stopping (${why}); once more to stop at once.`);
    setTimeout(() => {
      logger.error({}, 'did not stop in time; the next start recovers');
      process.exit(1);
    }, STOP_DEADLINE_MS).unref();
    stopped.abort();
  };
  process.on('SIGINT', () => stop('SIGINT', 0));
  process.on('SIGTERM', () => stop('SIGTERM', 0));
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

  const program = await startProgram({
    config,
    roles,
    version,
    logger,
    steps,
    onLost: (error) => {
      logger.fatal({ err: error }, 'the database went away');
      stop('the database went away', 1);
    },
  });
  // It may have been told to stop while it started.
  if (!stopped.signal.aborted) {
    if (program.url !== null) announce(program.url, healthUrl(config, program.url), steps.say.bind(steps));
    logger.info({ url: program.url, roles }, 'started');
    await new Promise<void>((resolve) => stopped.signal.addEventListener('abort', () => resolve()));
  }
  await program.stop();
  steps.say('Stopped.');
  process.exit();
}

function announce(url: string, health: string, say: (text: string) => void): void {
  say(
    `\n  Page        ${url}/\n  Playground  ${url}/playground\n  GraphQL     ${url}/graphql (HTTP and websocket)\n  Health      ${health}\n`,
  );
}

/** Beside the API, or on a port of its own; where keys are asked for, nowhere else. */
function healthUrl({ HOST, HEALTH_PORT, ACCESS_KEYS_FILE }: Config, url: string): string {
  if (HEALTH_PORT !== undefined) return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${HEALTH_PORT}/readyz`;
  return ACCESS_KEYS_FILE === undefined ? `${url}/readyz` : 'not served: set HEALTH_PORT';
}

/** The embedded database and a replay's clock belong to one process. */
function checkRoles(config: Config, roles: readonly Role[]): void {
  if (roles.length === ROLES.length) return;
  if (config.DATABASE_URL === undefined) {
    throw new ExplainedError(
      'the embedded database belongs to one process, which runs every role: set DATABASE_URL to spread roles over processes.',
    );
  }
  if (config.MARKET_DATA_PROVIDER === 'replay') {
    throw new ExplainedError(
      "a replay's clock lives in one process, which runs every role: spread roles over processes with a live MARKET_DATA_PROVIDER.",
    );
  }
}
