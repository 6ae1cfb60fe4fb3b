import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { Pool } from 'pg';
import { poolOptions } from '../src/adapters/postgres/database.js';
import { openEventLog, type EventLog } from '../src/adapters/postgres/event-log/index.js';
import { PgTradingStore } from '../src/adapters/postgres/trading-store.js';
import { OpenAccounts } from '../src/services/trading/open-accounts.js';
import { NATIVE_PROFILE } from '../src/services/trading/trading-profile.js';
import { startProgram, type Program } from '../tests/support/program.js';
import { backendCpu, cpuMs, residentMb, usedSince } from './symbols-cpu.js';
import { MINUTE_MS, SymbolsMarket } from './symbols-market.js';
import { giveModels } from './symbols-models.js';
import { eventually } from '../tests/support/eventually.js';

/** `BENCH_SYMBOLS=500 BENCH_MODELS=100 npm run bench -- symbols` for a quick look. */
const SYMBOLS = Number(process.env['BENCH_SYMBOLS'] ?? 5_000);
const MODELS = Number(process.env['BENCH_MODELS'] ?? 500);
/** Minutes of each phase; the first one, in which windows, books and models are read, is told apart. */
const MINUTES = Number(process.env['BENCH_MINUTES'] ?? 2);
const DEADLINE_MS = 300_000;
const FEEDER = 'bench feeder';
const nothing = (): void => undefined;
/** Accounts that no process trades in a phase are behind, and the log's monitor would say so again and again. */
const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const noMetrics = { count: nothing, gauge: nothing, observe: nothing };

/** What one process, and PostgreSQL for it, took for a minute's bars. */
interface Share {
  /** Milliseconds of CPU for each bar (for trading: for each bar and account). */
  readonly processMsABar: number;
  readonly postgresMsABar: number;
  /** From the first bar appended to the last one acted on; the feeder's own time is in it. */
  readonly seconds: number;
  readonly barsASecond: number;
  /** What one core each for process and database could do in a minute, going by the larger of the two. */
  readonly symbolsAMinute: number;
}

interface Phase {
  readonly bars: number;
  readonly accounts: number;
  readonly tradingProcesses: number;
  /** The first minute after a start. */
  readonly first: { readonly ml: Share; readonly trading: Share | null };
  /** Median of the others. */
  readonly ml: Share;
  readonly trading: Share | null;
  /** Bytes of write-ahead log for each bar, of all processes together. */
  readonly walBytesABar: number;
  readonly feederMsABar: { readonly process: number; readonly postgres: number };
  readonly residentMb: Readonly<Record<string, number>>;
}

export interface SymbolsBenchmark {
  readonly symbols: number;
  readonly symbolsWithModels: number;
  readonly load: readonly number[];
  readonly phases: Readonly<Record<string, Phase>>;
  /** Bytes of a row with its indexes, by table. */
  readonly rowBytes: Readonly<Record<string, number>>;
  /** Events of a key that stand in the log behind a later one; none are wanted. */
  readonly reordered: number;
  readonly seconds: number;
}

/**
 * The real program's roles ml and trading, each a process, on a database of many symbols: how long are they at one minute's
 * bars, and what does it cost? CPU a bar says what wall time cannot on a busy machine.
 */
export async function benchSymbols(connectionString: string): Promise<SymbolsBenchmark> {
  const began = performance.now();
  const load = loadavg();
  const world = await SymbolsWorld.open(connectionString);
  try {
    const phases: Record<string, Phase> = {};
    await world.openAccounts(1);
    await world.start('ml');
    await world.start('trading 1');
    phases['oneAccount'] = await world.phase(SYMBOLS);
    await world.openAccounts(7);
    phases['eightAccounts'] = await world.phase(SYMBOLS);
    await world.start('trading 2');
    await world.untilShared(2);
    phases['eightAccountsTwoProcesses'] = await world.phase(SYMBOLS);
    await world.end('trading 1');
    await world.end('trading 2');
    if (MODELS > 0) {
      await world.giveModels(MODELS);
      phases['models'] = await world.phase(MODELS);
    }
    return {
      symbols: SYMBOLS,
      symbolsWithModels: MODELS,
      load,
      phases,
      rowBytes: await world.rowBytes(),
      reordered: await world.reordered(),
      seconds: Math.round((performance.now() - began) / 1000),
    };
  } finally {
    await world.close();
  }
}

class SymbolsWorld {
  private readonly programs = new Map<string, Program>();
  private minute = 0;
  private accounts = 0;

  private constructor(
    private readonly connectionString: string,
    private readonly pool: Pool,
    private readonly log: EventLog,
    private readonly market: SymbolsMarket,
  ) {}

  static async open(connectionString: string): Promise<SymbolsWorld> {
    const pool = new Pool(poolOptions({ connectionString: named(connectionString, FEEDER), poolSize: 4 }));
    pool.on('error', nothing);
    const log = await openEventLog({ pool, connectionString, logger: quiet, metrics: noMetrics });
    // Ahead of the wall clock: an account acts on what closes after it was opened.
    const startMs = Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS;
    const market = new SymbolsMarket(pool, SYMBOLS, startMs);
    say(`filling ${SYMBOLS} symbols`);
    await market.fill();
    return new SymbolsWorld(connectionString, pool, log, market);
  }

  async start(name: string): Promise<void> {
    const [role = ''] = name.split(' ');
    const program = await startProgram(
      {
        DATABASE_URL: named(this.connectionString, name),
        MARKET_DATA_PROVIDER: 'yahoo',
        HEALTH_PORT: '0',
        // A slice without its signals would be another measurement.
        SLICE_WAIT_SECONDS: '55',
      },
      [role],
    );
    this.programs.set(name, program);
  }

  async end(name: string): Promise<void> {
    await this.programs.get(name)?.end('SIGTERM');
    this.programs.delete(name);
  }

  /** Opens further accounts that follow ema-cross, from here on in the market's time. */
  async openAccounts(count: number): Promise<void> {
    const now = this.market.openTime(this.minute);
    const desk = {
      unitOfWork: this.log.unitOfWork,
      store: new PgTradingStore(this.pool),
      clock: { now: () => now, isReplay: false },
      profile: NATIVE_PROFILE,
      newId: randomUUID,
    };
    await new OpenAccounts(desk, this.log.eventBus, quiet).execute({
      dataSource: 'yahoo',
      broker: 'paper',
      currency: 'USD',
      startingCash: '100000',
      accounts: Array.from({ length: count }, (_, number) => ({
        name: `bench-${this.accounts + number}`,
        signalSource: 'ema-cross',
        isDefault: this.accounts + number === 0,
      })),
      live: this.market.symbols.map((symbol) => ({ symbol, timeframe: 'ONE_MINUTE' })),
    });
    this.accounts += count;
  }

  async giveModels(count: number): Promise<void> {
    say(`${count} models`);
    await giveModels(this.pool, this.log.unitOfWork, this.market, count);
    await this.untilEvaluated();
  }

  async untilShared(processes: number): Promise<void> {
    const share = this.accounts / processes;
    await eventually(
      `${processes} processes with ${share} accounts each`,
      async () => {
        const { rows } = await this.pool.query<{ held: number }>(
          'SELECT count(*)::int AS held FROM accounts WHERE owner IS NOT NULL GROUP BY owner',
        );
        return rows.length === processes && rows.every(({ held }) => held === share);
      },
      DEADLINE_MS,
    );
  }

  async phase(bars: number): Promise<Phase> {
    const tradingProcesses = [...this.programs.keys()].filter((name) => name.startsWith('trading')).length;
    say(`${bars} bars a minute, ${this.accounts} accounts, ${tradingProcesses} trading processes`);
    const minutes = [];
    for (let number = 0; number <= MINUTES; number += 1) minutes.push(await this.oneMinute(bars));
    const [first, ...others] = minutes;
    if (first === undefined) throw new Error('a phase has minutes');
    const medianOf = (of: (minute: Minute) => number) => median(others.map(of));
    const mlShare = (of: (pick: (minute: Minute) => number) => number) =>
      share(
        bars,
        of((m) => m.cpu.ml),
        of((m) => m.postgres.ml),
        of((m) => m.mlSeconds),
        1,
      );
    const tradingShare = (of: (pick: (minute: Minute) => number) => number) =>
      tradingProcesses === 0
        ? null
        : share(
            bars,
            of((m) => m.cpu.trading),
            of((m) => m.postgres.trading),
            of((m) => m.tradingSeconds),
            this.accounts,
          );
    const residentMbs = [...this.programs].map(async ([name, { pid }]) => [name, await residentMb(pid)] as const);
    return {
      bars,
      accounts: this.accounts,
      tradingProcesses,
      first: { ml: mlShare((pick) => pick(first)), trading: tradingShare((pick) => pick(first)) },
      ml: mlShare(medianOf),
      trading: tradingShare(medianOf),
      walBytesABar: Math.round(medianOf((m) => m.walBytes) / bars),
      feederMsABar: {
        process: round3(medianOf((m) => m.cpu.feeder) / bars),
        postgres: round3(medianOf((m) => m.postgres.feeder) / bars),
      },
      residentMb: Object.fromEntries(await Promise.all(residentMbs)),
    };
  }

  private async oneMinute(bars: number): Promise<Minute> {
    const minute = this.minute;
    this.minute += 1;
    const before = await this.usage();
    const walBefore = await this.walBytes();
    const began = performance.now();
    await this.market.append(this.log.unitOfWork, minute, bars);
    const trades = [...this.programs.keys()].some((name) => name.startsWith('trading'));
    let mlSeconds = 0;
    let tradingSeconds = 0;
    await Promise.all([
      this.untilEvaluated().then(() => (mlSeconds = (performance.now() - began) / 1000)),
      trades ? this.untilTraded(minute).then(() => (tradingSeconds = (performance.now() - began) / 1000)) : null,
    ]);
    const after = await this.usage();
    const used = (name: string) => after.processes(name) - before.processes(name);
    const backends = (name: string) => usedSince(before.backends, after.backends, name);
    const trading = [...this.programs.keys()].filter((name) => name.startsWith('trading'));
    const sum = (of: (name: string) => number) => trading.reduce((total, name) => total + of(name), 0);
    const result = {
      walBytes: (await this.walBytes()) - walBefore,
      mlSeconds,
      tradingSeconds,
      cpu: { ml: used('ml'), trading: sum(used), feeder: used(FEEDER) },
      postgres: { ml: backends('ml'), trading: sum(backends), feeder: backends(FEEDER) },
    };
    say(JSON.stringify(result));
    return result;
  }

  private async walBytes(): Promise<number> {
    const { rows } = await this.pool.query<{ bytes: number }>(
      "SELECT (pg_current_wal_insert_lsn() - '0/0')::float8 AS bytes",
    );
    return rows[0]?.bytes ?? NaN;
  }

  async rowBytes(): Promise<Readonly<Record<string, number>>> {
    await this.pool.query('ANALYZE');
    const { rows } = await this.pool.query<{ name: string; bytes: number }>(
      `SELECT relname AS name, (pg_total_relation_size(oid) / reltuples)::float8 AS bytes FROM pg_class
       WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples >= 100 ORDER BY relname`,
    );
    return Object.fromEntries(rows.map(({ name, bytes }) => [name, Math.round(bytes)]));
  }

  private async usage() {
    const own = process.cpuUsage();
    const processes = new Map([[FEEDER, (own.user + own.system) / 1000]]);
    for (const [name, { pid }] of this.programs) processes.set(name, await cpuMs(pid));
    return { processes: (name: string) => processes.get(name) ?? 0, backends: await backendCpu(this.pool) };
  }

  /** Until ml has acted on all that is in the log. */
  private untilEvaluated(): Promise<void> {
    return eventually(
      'ml is at the head of the log',
      async () => {
        const { rows } = await this.pool.query<{ behind: number }>(
          `SELECT count(*)::int AS behind FROM log_partition p LEFT JOIN consumer_offsets c
           ON c.grp = 'ml-service' AND c.topic = p.topic AND c.part = p.part
         WHERE p.topic = 'market_data' AND p.next_off > COALESCE(c.next_off, 0)`,
        );
        return rows[0]?.behind === 0;
      },
      DEADLINE_MS,
    );
  }

  private untilTraded(minute: number): Promise<void> {
    const closeTime = new Date(this.market.openTime(minute) + MINUTE_MS);
    return eventually(
      `every account has acted on ${closeTime.toISOString()}`,
      async () => {
        const { rows } = await this.pool.query<{ behind: number }>(
          'SELECT count(*)::int AS behind FROM accounts WHERE as_of < $1',
          [closeTime],
        );
        return rows[0]?.behind === 0;
      },
      DEADLINE_MS,
    );
  }

  /** Events that stand behind a later one of their key: evaluations of a symbol, portfolios of an account. */
  async reordered(): Promise<number> {
    const { rows } = await this.pool.query<{ reordered: number }>(
      `SELECT count(*)::int AS reordered FROM (
         SELECT payload->>'timestamp' AS at, lag(payload->>'timestamp') OVER (
           PARTITION BY topic, part, key, payload->>'source' ORDER BY off) AS before
         FROM event_log WHERE topic IN ('trading_signals', 'portfolio')) e WHERE at <= before`,
    );
    return rows[0]?.reordered ?? NaN;
  }

  async close(): Promise<void> {
    for (const name of this.programs.keys()) await this.end(name);
    await this.log.close();
    await this.pool.end();
  }
}

interface Minute {
  readonly walBytes: number;
  readonly mlSeconds: number;
  readonly tradingSeconds: number;
  readonly cpu: { readonly ml: number; readonly trading: number; readonly feeder: number };
  readonly postgres: { readonly ml: number; readonly trading: number; readonly feeder: number };
}

function share(bars: number, processMs: number, postgresMs: number, seconds: number, accounts: number): Share {
  return {
    processMsABar: round3(processMs / bars / accounts),
    postgresMsABar: round3(postgresMs / bars / accounts),
    seconds: round3(seconds),
    barsASecond: Math.round(bars / seconds),
    symbolsAMinute: Math.round((60_000 * bars) / Math.max(processMs, postgresMs)),
  };
}

function named(connectionString: string, name: string): string {
  const url = new URL(connectionString);
  url.searchParams.set('application_name', name);
  return url.href;
}

const say = (text: string): void => void process.stderr.write(`  ${text}\n`);
const round3 = (value: number): number => Math.round(value * 1000) / 1000;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
