import { randomBytes } from 'node:crypto';
import { chmod, link, open, readFile, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import { EmbeddedPostgresError, explainFileError } from './errors.js';

const secretsSchema = z.object({
  /** TCP port of the last start; 0 before the first one. Another is chosen when it has been taken meanwhile. */
  port: z.int().min(0).max(65_535),
  user: z.string().min(1),
  password: z.string().min(1),
  database: z.string().min(1),
});

/** How to reach the embedded server. Kept in a file that only its owner may read. */
export type ServerSecrets = z.infer<typeof secretsSchema>;

/** `postgres://user:password@127.0.0.1:port/database` */
export function connectionStringOf(secrets: ServerSecrets): string {
  const { user, password, port, database } = secrets;
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/**
 * Reads the secrets; null when the file does not exist.
 * @throws EmbeddedPostgresError SECRETS_INVALID, NOT_WRITABLE
 */
export async function readSecrets(file: string): Promise<ServerSecrets | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
    // A backup or a careless copy may have opened it to others.
    await chmod(file, 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw explainFileError(error, file);
  }
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'SECRETS_INVALID',
      `${file} does not hold the database's port, user, password and database as JSON. Restore it from a backup.`,
      { cause },
    );
  }
}

/** Makes secrets for a new cluster. Of two programs that start at once, both answer the secrets of the one that came first. */
export async function createSecrets(file: string, user: string, database: string): Promise<ServerSecrets> {
  const secrets = { port: 0, user, password: randomBytes(24).toString('base64url'), database };
  const draft = await writeDraft(file, secrets);
  try {
    // A link is made whole or not at all, and never over an existing file.
    await link(draft, file);
    return secrets;
  } catch (error) {
    const existing = await readSecrets(file);
    if (existing === null) throw explainFileError(error, file);
    return existing;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Replaces the secrets file in one step. Only the owner of the data directory may call it. */
export async function replaceSecrets(file: string, secrets: ServerSecrets): Promise<void> {
  await rename(await writeDraft(file, secrets), file);
}

async function writeDraft(file: string, secrets: ServerSecrets): Promise<string> {
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(secrets, null, 2)}\n`);
      // The cluster is made with this password: it must be on disk before the cluster is.
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw explainFileError(error, file);
  }
  return draft;
}
