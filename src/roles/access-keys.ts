import { readFile } from 'node:fs/promises';
import { AccessKeys } from '../api/access-keys.js';
import { ExplainedError } from './explained-error.js';

/** Reads the access keys file. @throws ExplainedError with every line that is wrong; null where there is no file to read */
export async function readAccessKeys(path: string | undefined): Promise<AccessKeys | null> {
  if (path === undefined) return null;
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new ExplainedError(`ACCESS_KEYS_FILE: ${path} cannot be read: ${why}`);
  });
  const keys = AccessKeys.parse(text);
  if (keys.ok) return keys.value;
  throw new ExplainedError(
    `ACCESS_KEYS_FILE: ${path}: ${keys.error.join('; ')}. \`npx tradegraph keys new\` makes a key.`,
  );
}
