import { randomBytes } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresBinaries } from './binaries.js';
import { EmbeddedPostgresError } from './errors.js';
import { type Launcher, runToEnd } from './launcher.js';

/** How a root user's PostgreSQL gives up root. */
export type RootStrategy = 'user-namespace' | 'unprivileged-account';

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Finds a way to run PostgreSQL here, and proves it by running `postgres --version` that way.
 *
 * - A plain user runs it as it is.
 * - Root runs it in a user namespace where root is called `nobody`: the files stay root's, and the server has no
 *   privileges. Where the kernel forbids namespaces (containers often do), it runs as the account `nobody`, which then
 *   must own the data directory.
 * - Binaries that such a process cannot reach (below /root, or in another user's home) are copied once to where it can.
 *
 * @param clusterOwnerUid owner of the existing data directory, null when there is none: a cluster that nobody owns can
 *   only be served as nobody.
 * @throws EmbeddedPostgresError BINARIES_UNUSABLE
 */
export async function chooseLauncher(
  binaries: PostgresBinaries,
  clusterOwnerUid: number | null,
  wanted: RootStrategy | null,
  onStep: (message: string) => void,
): Promise<Launcher> {
  if (process.getuid?.() !== 0) {
    const plain: Launcher = { wrapper: [], account: null, binariesHome: binaries.home, here: '.' };
    const problem = await whyItFails(plain);
    if (problem === null) return plain;
    throw unusable(problem);
  }
  const account = await unprivilegedAccount();
  const namespace: Launcher = {
    wrapper: ['unshare', '--user', `--map-user=${account.uid}`, `--map-group=${account.gid}`],
    account: null,
    binariesHome: binaries.home,
    here: '/proc/self/cwd',
  };
  const unprivileged: Launcher = { ...namespace, wrapper: [], account };
  const strategy = wanted ?? (clusterOwnerUid === account.uid ? 'unprivileged-account' : null);
  const candidates =
    strategy === 'user-namespace'
      ? [namespace]
      : strategy === 'unprivileged-account'
        ? [unprivileged]
        : [namespace, unprivileged];

  const problems: string[] = [];
  for (const candidate of candidates) {
    const problem = await whyItFails(candidate);
    if (problem === null) return candidate;
    problems.push(problem);
  }
  const binariesHome = await copyBinaries(binaries, onStep);
  for (const candidate of candidates) {
    const moved = { ...candidate, binariesHome };
    if ((await whyItFails(moved)) === null) return moved;
  }
  throw unusable(problems.join('; '));
}

/** The account that a root user's server runs as: nobody, or where there is none the first one that is not root. */
export async function unprivilegedAccount(): Promise<Account> {
  const accounts = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => Number.isInteger(uid) && uid > 0 && Number.isInteger(gid));
  const account = accounts.find(({ name }) => name === 'nobody') ?? accounts[0];
  if (account !== undefined) return { uid: account.uid, gid: account.gid };
  throw unusable('PostgreSQL does not run as root, and /etc/passwd names no other account');
}

async function whyItFails(launcher: Launcher): Promise<string | null> {
  const { exitCode, output } = await runToEnd(launcher, 'postgres', ['--version'], { cwd: '/' });
  return exitCode === 0 ? null : output.trim() || `exit code ${exitCode}`;
}

/** Copies the binaries once per version; the directory appears whole or not at all. */
async function copyBinaries(binaries: PostgresBinaries, onStep: (message: string) => void): Promise<string> {
  const problems: string[] = [];
  for (const parent of ['/var/cache/tradegraph', join(tmpdir(), 'tradegraph-cache')]) {
    const target = join(parent, `postgresql-${binaries.version}`);
    const draft = `${target}.${randomBytes(6).toString('hex')}`;
    try {
      const created = await mkdir(parent, { recursive: true });
      if (created !== undefined) await chmod(parent, 0o755);
      if (!(await onlyRootCanWrite(parent))) {
        problems.push(`${parent} can be written by others`);
        continue;
      }
      if (await exists(target)) return target;
      onStep(`Copying the PostgreSQL binaries to ${target}, where an unprivileged process can reach them`);
      await cp(binaries.home, draft, { recursive: true, verbatimSymlinks: true });
      await openToReaders(draft);
      await rename(draft, target);
      return target;
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      // Another start may have put its copy there meanwhile.
      if (await exists(target)) return target;
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw unusable(`the binaries cannot be copied: ${problems.join('; ')}`);
}

/** npm may have unpacked the binaries under a umask that closes them to others. */
async function openToReaders(directory: string): Promise<void> {
  for (const entry of ['', ...(await readdir(directory, { recursive: true }))]) {
    const path = join(directory, entry);
    const status = await lstat(path);
    if (!status.isSymbolicLink()) await chmod(path, (status.mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

/** What root will execute must not have been planted by somebody else in a directory open to all. */
async function onlyRootCanWrite(directory: string): Promise<boolean> {
  const { uid, mode } = await lstat(directory);
  return uid === 0 && (mode & 0o022) === 0;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function unusable(problem: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'BINARIES_UNUSABLE',
    `The embedded PostgreSQL cannot run here: ${problem}. ` +
      'Start Tradegraph as a user that is not root, or point DATABASE_URL at a PostgreSQL server of yours (15 or newer).',
  );
}
