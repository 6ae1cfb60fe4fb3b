import type { Config } from '../config/config.js';
import { openSharedStorage } from '../roles/storage.js';
import { openLog } from './logging.js';

/** `npx tradegraph migrate`: opening the database migrates it. */
export async function runMigrations(config: Config): Promise<void> {
  const storage = await openSharedStorage(config, openLog(config).steps);
  await storage.close();
}
