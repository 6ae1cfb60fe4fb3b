import {
  backedUpStrategies,
  putStrategyFile,
  restoreBackup,
  verifyBackup,
  type VerifiedBackup,
} from '../adapters/postgres/backup/index.js';
import type { Config } from '../config/config.js';
import type { Steps } from '../roles/steps.js';
import { openServer } from '../roles/storage.js';
import { existingBackupPath } from './backup-place.js';
import { openLog } from './logging.js';

export interface RestoreFlags {
  /** Reads the backup and changes nothing. */
  readonly check: boolean;
  /** Replaces what the database holds. */
  readonly force: boolean;
}

/** `npx tradegraph restore FILE|FOLDER`: the whole file is checked before anything is changed. */
export async function restore(config: Config, place: string, { check, force }: RestoreFlags): Promise<void> {
  const path = await existingBackupPath(place);
  const { steps } = openLog(config);
  const backup = await checked(path, steps);
  if (check) return;
  const server = await openServer(config, steps, 'OWN');
  try {
    const step = steps.begin('Restore');
    const { rows, migrated } = await restoreBackup({
      connectionString: server.connectionString,
      backup,
      strategiesFolder: config.TRADEGRAPH_STRATEGIES,
      force,
      onTable: (name, index, count) => step.progress(index / count, name),
    });
    const upgraded = migrated.length === 0 ? '' : `, ${migrated.length} migrations applied`;
    step.done(`${rows.toLocaleString('en-US')} rows${upgraded}; cursors of subscriptions begin anew`);
  } finally {
    await server.stop();
  }
  await restoreStrategies(config.TRADEGRAPH_STRATEGIES, backup, steps);
}

async function checked(path: string, steps: Steps): Promise<VerifiedBackup> {
  const step = steps.begin('Check of the backup');
  try {
    const backup = await verifyBackup(path);
    const { header, manifest } = backup;
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    step.done(
      `${path}: whole; ${header.createdAt}, Tradegraph ${header.programVersion}, ${rows.toLocaleString('en-US')} rows of ${manifest.tables.length} tables`,
    );
    return backup;
  } catch (error) {
    step.failed('it cannot be restored');
    throw error;
  }
}

/** A strategy that is there already stays as it is: it may be the newer one. */
async function restoreStrategies(folder: string, backup: VerifiedBackup, steps: Steps): Promise<void> {
  let written = 0;
  const kept: string[] = [];
  for await (const file of backedUpStrategies(backup)) {
    const outcome = await putStrategyFile(folder, file);
    if (outcome === 'WRITTEN') written += 1;
    if (outcome === 'KEPT') kept.push(file.path);
  }
  if (written > 0) steps.say(`    ${written} files of strategies written to ${folder}`);
  if (kept.length > 0) {
    steps.say(`    left as they are, though the backup has others: ${kept.join(', ')} in ${folder}`);
  }
}
