import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../src/adapters/postgres/embedded/index.js';
import { migrate } from '../src/adapters/postgres/migrate.js';
import { benchApiBesideBacktests } from './api-beside-backtests.js';
import { benchBacktest } from './backtest.js';
import { benchBarSeries } from './bar-series.js';
import { benchBars } from './bars.js';
import { benchBulkIngest } from './bulk-ingest.js';
import { benchEventLog } from './event-log.js';
import { benchFanOut } from './fan-out.js';
import { benchRelay } from './relay.js';
import { benchSymbols } from './symbols.js';

/** Every figure of a part is measured in one run beside the raw limit that it is compared with. */
const BENCHMARKS: Readonly<Record<string, () => Promise<unknown>>> = {
  eventLog: () => onDatabase(benchEventLog),
  bulkIngest: () => onDatabase(benchBulkIngest),
  barSeries: benchBarSeries,
  bars: () => onDatabase(benchBars),
  fanOut: benchFanOut,
  backtest: benchBacktest,
  apiBesideBacktests: benchApiBesideBacktests,
  symbols: () => onDatabase(benchSymbols),
  relay: () => onDatabase(benchRelay),
};

/** A PostgreSQL of its own, with the durability that the program runs with. */
async function onDatabase<T>(bench: (connectionString: string) => Promise<T>): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'tradegraph-bench-'));
  const server = await startEmbeddedPostgres({
    dataDir: join(home, 'postgres'),
    secretsFile: join(home, 'postgres.json'),
  });
  try {
    await migrate(server.connectionString);
    return await bench(server.connectionString);
  } finally {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  }
}

/** `npm run bench [part ...]`: JSON on standard output, progress on standard error. */
async function run(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !(name in BENCHMARKS));
  if (unknown.length > 0)
    throw new Error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(BENCHMARKS).join(', ')}`);
  const results: Record<string, unknown> = {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    startedAt: new Date().toISOString(),
  };
  for (const [name, bench] of Object.entries(BENCHMARKS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    process.stderr.write(`${name} ...\n`);
    results[name] = await bench();
  }
  process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
}

await run(process.argv.slice(2));
