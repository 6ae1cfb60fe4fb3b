import { statfs } from 'node:fs/promises';

export type EmbeddedPostgresErrorCode =
  | 'PLATFORM_UNSUPPORTED'
  | 'BINARIES_UNUSABLE'
  | 'DATA_DIRECTORY_IN_USE'
  | 'DATA_DIRECTORY_NOT_A_DIRECTORY'
  | 'DATA_DIRECTORY_NOT_A_CLUSTER'
  | 'DATA_DIRECTORY_OTHER_OWNER'
  | 'DATA_DIRECTORY_OTHER_VERSION'
  | 'NOT_WRITABLE'
  | 'DISK_FULL'
  | 'SECRETS_MISSING'
  | 'SECRETS_INVALID'
  | 'PASSWORD_REFUSED'
  | 'INITDB_FAILED'
  | 'START_FAILED'
  | 'START_TIMED_OUT'
  | 'STOP_FAILED'
  | 'SERVER_LOST';

/** A fault of the embedded server. The message is written for the person at the terminal: what happened, and what to do. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresErrorCode;

  constructor(code: EmbeddedPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Another live Tradegraph holds the data directory. */
export class DataDirectoryInUseError extends EmbeddedPostgresError {
  readonly ownerPid: number;
  readonly since: Date;

  constructor(dataDir: string, ownerPid: number, since: Date) {
    super(
      'DATA_DIRECTORY_IN_USE',
      `The data directory ${dataDir} is in use by another Tradegraph (process ${ownerPid}, since ${since.toISOString()}). ` +
        'Stop that one first, or give this one a directory of its own with TRADEGRAPH_HOME.',
    );
    this.ownerPid = ownerPid;
    this.since = since;
  }
}

/** Turns the operating system's refusal to touch `path` into an error that says what to do; others pass unchanged. */
export function explainFileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new EmbeddedPostgresError(
        'NOT_WRITABLE',
        `${path} cannot be written by this user (${code}). Make it writable, or choose another directory with TRADEGRAPH_HOME.`,
        { cause: error },
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(path, error);
    case 'ENOTDIR':
    case 'EEXIST':
      return new EmbeddedPostgresError(
        'DATA_DIRECTORY_NOT_A_DIRECTORY',
        `${path} cannot be made: a file is in the way. Move it, or choose another directory with TRADEGRAPH_HOME.`,
        { cause: error },
      );
    default:
      return error;
  }
}

export function diskFull(path: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'DISK_FULL',
    `The disk that holds ${path} is full. Free some space (a new database needs about 50 MB) and start again; nothing that was committed is lost.`,
    { cause },
  );
}

/** Below this a disk counts as full: a start needs to write no more than its log, its pid file and some state. */
const FULL_BELOW_BYTES = 1024 * 1024;

/** For a program that failed without a word: on a full disk it cannot even write its log. */
export async function isDiskFull(path: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize < FULL_BELOW_BYTES;
}

/** Whether the output of a PostgreSQL program says that the disk is full. */
export function saysDiskFull(output: string): boolean {
  return /No space left on device|Disk quota exceeded/.test(output);
}
