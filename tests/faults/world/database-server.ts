import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/adapters/postgres/embedded/index.js';
import { endProcess, isRunning } from '../../support/program.js';

/** Room for the pools of all processes. */
const SETTINGS = { max_connections: '300', max_wal_size: '64MB', min_wal_size: '32MB', wal_keep_size: '0' };
const START_ATTEMPTS_MAX = 20;
const START_AGAIN_AFTER_MS = 500;

/** A PostgreSQL of its own, durable as in production, that can be ended in immediate mode and started again. */
export class DatabaseServer {
  private server: EmbeddedPostgres | null = null;

  /** `onPort` is told where it listens after each start. */
  constructor(
    private readonly directory: string,
    private readonly onPort: (port: number) => void,
  ) {}

  /** postgres://... of the server itself, past every proxy. */
  get connectionString(): string {
    if (this.server === null) throw new Error('PostgreSQL was not started');
    return this.server.connectionString;
  }

  get port(): number {
    return Number(new URL(this.connectionString).port);
  }

  /** Starts it where it does not run; also after it has ended by itself. A disk that was full may need a moment. */
  async ensureRunning(): Promise<void> {
    if (this.server !== null && (await isRunning(this.server.pid))) return;
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.server = await startEmbeddedPostgres({
          dataDir: join(this.directory, 'postgres'),
          secretsFile: join(this.directory, 'postgres.json'),
          settings: SETTINGS,
        });
        this.onPort(this.port);
        return;
      } catch (error) {
        if (attempt === START_ATTEMPTS_MAX) throw error;
        await new Promise((resolve) => setTimeout(resolve, START_AGAIN_AFTER_MS));
      }
    }
  }

  /** What a power cut leaves behind: no checkpoint, sessions ended where they stand; then recovery. */
  async restartImmediately(): Promise<void> {
    if (this.server !== null && (await isRunning(this.server.pid))) await endProcess(this.server.pid, 'SIGQUIT');
    await this.ensureRunning();
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }
}
