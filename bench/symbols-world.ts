import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { poolOptions } from '../src/adapters/postgres/database.js';
import { openEventLog, type EventLog } from '../src/adapters/postgres/event-log/index.js';
import { PgTradingStore } from '../src/adapters/postgres/trading-store.js';
import { OpenAccounts } from '../src/services/trading/open-accounts.js';
import { NATIVE_PROFILE } from '../src/services/trading/trading-profile.js';
import { startProgram, type Program } from '../tests/support/program.js';
import { backendCpu, cpuMs, residentMb, usedSince } from './symbols-cpu.js';
import { phaseOf, type Minute, type Phase } from './symbols-figures.js';
import { MINUTE_MS, SymbolsMarket } from './symbols-market.js';
import { giveModels } from './symbols-models.js';
import { eventually } from '../tests/support/eventually.js';

const DEADLINE_MS = 300_000;
const FEEDER = 'bench feeder';
const nothing = (): void => undefined;
/** Accounts that no process trades in a phase are behind, and the log's monitor would say so again and again. */
const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const noMetrics = { count: nothing, gauge: nothing, observe: nothing };

/** The database with its market and accounts, and the program's processes on it. */
export class SymbolsWorld {
  private readonly programs = new Map<string, Program>();
  private minute = 0;
  private accounts = 0;

  private constructor(
    private readonly connectionString: string,
    private readonly pool: Pool,
    private readonly log: EventLog,
    private readonly market: SymbolsMarket,
  ) {}

  static async open(connectionString: string, symbols: number): Promise<SymbolsWorld> {
    const pool = new Pool(poolOptions({ connectionString: named(connectionString, FEEDER), poolSize: 4 }));
    pool.on('error', nothing);
    const log = await openEventLog({ pool, connectionString, logger: quiet, metrics: noMetrics });
    // Ahead of the wall clock: an account acts on what closes after it was opened.
    const startMs = Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS;
    const market = new SymbolsMarket(pool, symbols, startMs);
    say(`filling ${symbols} symbols`);
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

  /** So many minutes of the first `bars` symbols, one after the other, each waited for. */
  async phase(bars: number, minutes: number): Promise<Phase> {
    const tradingProcesses = this.tradingNames().length;
    const about = { bars, accounts: this.accounts, tradingProcesses };
    say(JSON.stringify(about));
    const measured = [];
    for (let number = 0; number < minutes; number += 1) measured.push(await this.oneMinute(bars));
    const resident = [...this.programs].map(async ([name, { pid }]) => [name, await residentMb(pid)] as const);
    return { ...phaseOf(measured, about), residentMb: Object.fromEntries(await Promise.all(resident)) };
  }

  private tradingNames(): readonly string[] {
    return [...this.programs.keys()].filter((name) => name.startsWith('trading'));
  }

  private async oneMinute(bars: number): Promise<Minute> {
    const minute = this.minute;
    this.minute += 1;
    const before = await this.usage();
    const walBefore = await this.walBytes();
    const began = performance.now();
    await this.market.append(this.log.unitOfWork, minute, bars);
    const trading = this.tradingNames();
    let mlSeconds = 0;
    let tradingSeconds = 0;
    await Promise.all([
      this.untilEvaluated().then(() => (mlSeconds = (performance.now() - began) / 1000)),
      trading.length > 0
        ? this.untilTraded(minute).then(() => (tradingSeconds = (performance.now() - began) / 1000))
        : null,
    ]);
    const after = await this.usage();
    const used = (name: string) => after.processes(name) - before.processes(name);
    const backends = (name: string) => usedSince(before.backends, after.backends, name);
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

/** The connection string of a process whose backends are to be told from the others'. */
function named(connectionString: string, name: string): string {
  const url = new URL(connectionString);
  url.searchParams.set('application_name', name);
  return url.href;
}

const say = (text: string): void => void process.stderr.write(`  ${text}\n`);
