import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { locateBinaries } from './binaries.js';
import { bringUp, type OwnedServer } from './bring-up.js';
import { chooseLauncher, type RootStrategy, unprivilegedAccount } from './choose-launcher.js';
import { checkDataDirectory } from './data-directory.js';
import { EmbeddedPostgresError, explainFileError } from './errors.js';
import { initialiseCluster, removeDrafts } from './initialise-cluster.js';
import { ensureDatabase } from './owner-session.js';
import { clusterTag } from './processes.js';
import { connectionStringOf, createSecrets, readSecrets, replaceSecrets, type ServerSecrets } from './secrets.js';
import { type Durability, serverArguments } from './server-arguments.js';
import { lastLogLines } from './server-log.js';
import { serverState } from './server-state.js';
import { stopServer } from './stop-server.js';

const USER = 'tradegraph';
const DATABASE = 'tradegraph';

export interface EmbeddedPostgresOptions {
  /** The cluster's directory, made when it is not there. Its parent also gets the log, `postgres.log`. */
  readonly dataDir: string;
  /** JSON {port, user, password, database}, readable by its owner only. It belongs to the data directory: keep both. */
  readonly secretsFile: string;
  /** Told what is being done, in words for a person, before it is done. */
  readonly onStep?: (message: string) => void;
  /** Called at most once, when the server goes away without `stop()`. The ownership is lost with it: end the program. */
  readonly onLost?: (error: EmbeddedPostgresError) => void;
  /** PostgreSQL settings by name. A running server whose settings differ is restarted, not adopted. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Default `full`. `none` is for tests: a crash of the machine may destroy the cluster. */
  readonly durability?: Durability;
  /** How root's server gives up root; by default whatever the machine allows. Without meaning for other users. */
  readonly asRoot?: RootStrategy;
}

export interface EmbeddedPostgres {
  /** postgres://user:password@127.0.0.1:port/tradegraph; the user is a superuser of this cluster. */
  readonly connectionString: string;
  /** The server was running already: the Tradegraph that started it died without stopping it. */
  readonly adopted: boolean;
  /** The postmaster's process id. */
  readonly pid: number;
  readonly logFile: string;
  /** Ends all sessions, stops the server and gives up the directory. May be called again. @throws STOP_FAILED */
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL on a data directory, or adopts the server a dead Tradegraph left running there, and owns
 * the directory until `stop()` or the end of this process, however it ends. The server outlives a process that is killed.
 * @throws DataDirectoryInUseError when another live Tradegraph owns the directory; EmbeddedPostgresError for all other faults.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { onStep = () => undefined, durability = 'full', settings = {} } = options;
  const dataDir = resolve(options.dataDir);
  const secretsFile = resolve(options.secretsFile);
  const binaries = await locateBinaries();
  const cluster = await checkDataDirectory(dataDir, binaries.major, await acceptedOwners());
  const launcher = await chooseLauncher(binaries, cluster?.ownerUid ?? null, options.asRoot ?? null, onStep);

  let secrets = await readSecrets(secretsFile);
  if (cluster !== null && secrets === null) throw secretsMissing(dataDir, secretsFile);
  await makeDirectory(dirname(dataDir));
  await makeDirectory(dirname(secretsFile));
  secrets ??= await createSecrets(secretsFile, USER, DATABASE);
  if (cluster === null) {
    onStep(`Making a new PostgreSQL database in ${dataDir}`);
    await initialiseCluster(launcher, dataDir, secrets, durability === 'full');
  }
  const tag = await clusterTag(dataDir);
  const args = serverArguments(launcher, binaries, tag, durability, settings);
  const logFile = join(dirname(dataDir), 'postgres.log');
  const server = await bringUp({ dataDir, logFile, tag, launcher, args, secrets, onStep });
  try {
    if (server.adopted)
      onStep(`Adopting PostgreSQL (process ${server.pid}), left running by a Tradegraph that was killed`);
    if (server.port !== secrets.port) await replaceSecrets(secretsFile, { ...secrets, port: server.port });
    await removeDrafts(dataDir);
    await ensureDatabase(server.owner, secrets.database);
  } catch (error) {
    await stopServer(server.pid, tag);
    void server.owner.end().catch(() => undefined);
    throw explainFileError(error, secretsFile);
  }
  return owned(server, { ...secrets, port: server.port }, tag, logFile, options.onLost);
}

/** The running server of a data directory, whoever owns it; null when none takes connections. Takes no ownership. */
export async function findRunningServer(
  dataDir: string,
  secretsFile: string,
): Promise<{ connectionString: string; pid: number } | null> {
  const tag = await clusterTag(dataDir).catch(() => null);
  const secrets = await readSecrets(secretsFile);
  if (tag === null || secrets === null) return null;
  const state = await serverState(dataDir, tag);
  if (state.kind !== 'running' || !state.ready) return null;
  return { connectionString: connectionStringOf({ ...secrets, port: state.port }), pid: state.pid };
}

function owned(
  server: OwnedServer,
  secrets: ServerSecrets,
  tag: string,
  logFile: string,
  onLost: EmbeddedPostgresOptions['onLost'],
): EmbeddedPostgres {
  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    await stopServer(server.pid, tag);
    await server.owner.end().catch(() => undefined);
  };
  server.owner.once('end', () => {
    if (stopping === null) void lastLogLines(logFile, 0).then((log) => onLost?.(lost(logFile, log)));
  });
  return {
    connectionString: connectionStringOf(secrets),
    adopted: server.adopted,
    pid: server.pid,
    logFile,
    stop: () => (stopping ??= stop()),
  };
}

/** Whose clusters this user can serve. Root's server may run as the unprivileged account, and then the files are its own. */
async function acceptedOwners(): Promise<number[]> {
  const uid = process.getuid?.() ?? 0;
  return uid === 0 ? [0, (await unprivilegedAccount()).uid] : [uid];
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw explainFileError(error, directory);
  }
}

function secretsMissing(dataDir: string, secretsFile: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'SECRETS_MISSING',
    `There is a database in ${dataDir}, but its secrets file ${secretsFile} is gone, and the password with it. ` +
      'Restore the file from a backup, or move the database away to start with a new one.',
  );
}

function lost(logFile: string, log: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'SERVER_LOST',
    `The embedded PostgreSQL went away. Start Tradegraph again: it recovers by itself. The last lines of ${logFile}:\n${log}`,
  );
}
