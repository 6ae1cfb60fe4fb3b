import { writeBackup } from '../adapters/postgres/backup/index.js';
import type { Config } from '../config/config.js';
import { openServer } from '../roles/storage.js';
import { newBackupPath } from './backup-place.js';
import { openLog } from './logging.js';

/** `npx tradegraph backup FILE|FOLDER`: one moment of the database in one file, also while the program runs. */
export async function backup(config: Config, place: string, version: string): Promise<void> {
  const path = await newBackupPath(place, Date.now());
  const { steps } = openLog(config);
  const server = await openServer(config, steps, 'SHARED');
  try {
    const step = steps.begin('Backup');
    const summary = await writeBackup({
      connectionString: server.connectionString,
      path,
      programVersion: version,
      strategiesFolder: config.TRADEGRAPH_STRATEGIES,
      onTable: (name, index, count) => step.progress(index / count, name),
    });
    const { rows, tables, strategies, bytes } = summary;
    step.done(
      `${rows.toLocaleString('en-US')} rows of ${tables} tables and ${strategies} files of strategies: ${path}, ${megabytes(bytes)}`,
    );
  } finally {
    await server.stop();
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
