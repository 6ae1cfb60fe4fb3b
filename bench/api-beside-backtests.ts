import { Client } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import { connectApi, type ApiClient } from '../tests/support/api-client.js';
import { startProgram, temporaryHome } from '../tests/support/program.js';

const BARS = 500_000;
const SYMBOL = 'BENCH-USD';
const START_MS = Date.UTC(2018, 0, 1);
const MINUTE_MS = 60_000;
const REQUESTS_A_SECOND = 20;
const PHASE_SECONDS = 10;
/** The phases alternate, so that a slow moment of the machine hits both. */
const ROUNDS = 3;

const QUERY = JSON.stringify({
  query:
    '{ barSeries(symbol: "BTC-USD", last: 500) { timestamps closes } accounts(first: 10) { edges { node { id } } } }',
});

interface Latency {
  readonly requests: number;
  readonly p50: number;
  readonly p99: number;
}

export interface ApiBesideBacktestsBenchmark {
  readonly backtestBars: number;
  /** Backtests that ended within the phases of `beside`. */
  readonly backtests: number;
  /** Milliseconds at a steady rate of chart and account requests, a replay of one bar a second going on. */
  readonly alone: Latency;
  /** The same while backtests run one after the other in the same program. */
  readonly beside: Latency;
  /** At most 20 more are wanted. */
  readonly p99MoreMs: number;
}

/** The real program with all of its roles in one process: what do its API's clients notice of backtests? */
export async function benchApiBesideBacktests(): Promise<ApiBesideBacktestsBenchmark> {
  const home = await temporaryHome();
  const program = await startProgram({ TRADEGRAPH_HOME: home.path, REPLAY_HOLD_SECONDS: '0', ML_EPOCHS: '1' });
  const api = connectApi(program.url);
  try {
    await insertBars(await home.database());
    await oneBacktest(api);
    await latencies(program.url);
    const alone: number[] = [];
    const beside: number[] = [];
    let backtests = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      alone.push(...(await latencies(program.url)));
      const runs = backtestsInARow(api);
      beside.push(...(await latencies(program.url)));
      backtests += await runs.stop();
    }
    const [quiet, busy] = [summary(alone), summary(beside)];
    return { backtestBars: BARS, backtests, alone: quiet, beside: busy, p99MoreMs: round1(busy.p99 - quiet.p99) };
  } finally {
    await api.close();
    await program.end('SIGTERM');
    await home.remove();
  }
}

async function insertBars(connectionString: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(
    `INSERT INTO instruments SELECT (jsonb_populate_record(i, jsonb_build_object('symbol', $1::text))).*
     FROM instruments i WHERE symbol = 'BTC-USD'`,
    [SYMBOL],
  );
  await client.query(
    `INSERT INTO market_data (symbol, timeframe, "timestamp", close_time, open, high, low, close, volume, adjustment, source)
     SELECT $1, 'ONE_MINUTE', at, at + interval '1 minute', 100 + sin(i / 50.0), 102 + sin(i / 50.0), 98 + sin(i / 50.0),
            100 + sin(i / 50.0), 1000, 'RAW', 'csv'
     FROM generate_series(0, $2::int - 1) i, LATERAL (SELECT $3::timestamptz + i * interval '1 minute') times (at)`,
    [SYMBOL, BARS, new Date(START_MS)],
  );
  await client.end();
}

async function oneBacktest({ sdk }: ApiClient): Promise<void> {
  const { runBacktest } = await sdk.RunBacktest({
    input: {
      strategy: 'sma-cross',
      symbols: [SYMBOL],
      timeframe: 'ONE_MINUTE',
      startDate: new Date(START_MS).toISOString(),
      endDate: new Date(START_MS + BARS * MINUTE_MS).toISOString(),
    },
  });
  const id = runBacktest.backtest?.id;
  if (id === undefined) throw new Error(`no backtest: ${JSON.stringify(runBacktest.errors)}`);
  for await (const { backtestProgress } of sdk.OnBacktestProgress({ id })) {
    const { status } = backtestProgress.backtest;
    if (status === 'FAILED' || status === 'CANCELED') throw new Error(`the backtest ended ${status}`);
    if (status === 'DONE') return;
  }
}

/** Runs backtests until it is told to stop; then answers how many ended. */
function backtestsInARow(api: ApiClient): { stop(): Promise<number> } {
  const stopped = new AbortController();
  const work = (async () => {
    let ended = 0;
    for (; !stopped.signal.aborted; ended += 1) await oneBacktest(api);
    return ended;
  })();
  work.catch(() => undefined);
  return {
    stop: () => {
      stopped.abort();
      return work;
    },
  };
}

/** Requests are sent when they are due, whatever becomes of the earlier ones; milliseconds of each. */
async function latencies(url: string): Promise<number[]> {
  const asked: Promise<number>[] = [];
  const began = performance.now();
  for (let number = 0; number < REQUESTS_A_SECOND * PHASE_SECONDS; number += 1) {
    const dueAt = began + (number * 1000) / REQUESTS_A_SECOND;
    await delay(Math.max(0, dueAt - performance.now()));
    asked.push(ask(url));
  }
  return Promise.all(asked);
}

async function ask(url: string): Promise<number> {
  const sentAt = performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: QUERY,
  });
  const { errors } = (await response.json()) as { errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return performance.now() - sentAt;
}

function summary(values: readonly number[]): Latency {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => round1(sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
  return { requests: sorted.length, p50: at(0.5), p99: at(0.99) };
}

const round1 = (value: number): number => Math.round(value * 10) / 10;
