// The program with some of its roles, as `tradegraph start ROLE...` puts it together.
import { openLog } from '../../../src/cli/logging.js';
import { readConfig } from '../../../src/config/config.js';
import { startProgram } from '../../../src/main.js';
import type { Role } from '../../../src/roles/role.js';
import { runChild } from './child.js';

await runChild<{ readonly roles: readonly Role[] }>(async ({ roles }, { stopping, ready }) => {
  const config = readConfig(process.env);
  if (!config.ok) throw new Error(config.error.join('\n'));
  const { logger, steps } = openLog(config.value);
  const program = await startProgram({
    config: config.value,
    roles,
    version: 'faults',
    logger,
    steps,
    onLost: (error) => logger.fatal({ err: error }, 'lost'),
  });
  ready();
  if (!stopping.aborted) await new Promise<void>((resolve) => stopping.addEventListener('abort', () => resolve()));
  await program.stop();
});
