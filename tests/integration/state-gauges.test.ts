import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PrometheusMetrics } from '../../src/api/prometheus-metrics.js';
import { readConfig } from '../../src/config/config.js';
import type { JobQueue } from '../../src/ports/job-queue.js';
import { Shutdown } from '../../src/roles/shutdown.js';
import { keepStateGauges } from '../../src/roles/state-gauges.js';
import { CreateOrder } from '../../src/services/trading/create-order.js';
import { eventually } from '../support/eventually.js';
import { silentLogger } from '../support/silent.js';
import { makeBar, MINUTE, START } from '../support/trading-engine.js';
import { makeCommand, MANUAL, TradingWorld } from '../support/trading-world.js';

const queue = {
  status: async () => [{ name: 'poll-symbol', waiting: 2, active: 1, delayed: 3, failed: 0 }],
} as unknown as JobQueue;

const valueOf = (lines: readonly string[], name: string): number =>
  Number(
    lines
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')
      .at(-1),
  );

describe('gauges of the state', () => {
  let world: TradingWorld;
  beforeAll(async () => {
    world = await TradingWorld.open();
    const service = world.service();
    service.start();
    await world.minute(makeBar(0, { open: 400 }));
    await new CreateOrder(world.desk).execute(makeCommand({ quantity: '10' }));
    await new CreateOrder(world.desk).execute(makeCommand({ quantity: '1000' }));
    await world.minute(makeBar(1, { open: 400, close: 500, high: 500 }));
    await eventually('the order is filled', async () => {
      const rows = await world.query('SELECT 1 FROM positions WHERE account_id = $1 AND current_price = 500', [MANUAL]);
      return rows.length === 1;
    });
    await service.stop();
  });
  afterAll(() => world.close());

  /** What a process with these roles shows once it has read the state. */
  async function shown(roles: Parameters<typeof keepStateGauges>[2], pool = world.database.pool): Promise<string[]> {
    const config = readConfig({});
    if (!config.ok) throw new Error(config.error.join());
    const metrics = new PrometheusMetrics();
    const shutdown = new Shutdown(silentLogger);
    const database = { ...world.database, pool };
    const source = { name: 'replay' } as Parameters<typeof keepStateGauges>[0]['source'];
    const clock = { now: () => START + 12 * MINUTE, isReplay: true };
    metrics.gauges('tradegraph_account_open_orders', [{ labels: { account: 'of-another-time' }, value: 1 }]);
    keepStateGauges(
      {
        config: config.value,
        version: '9.9.9',
        database,
        clock,
        source,
        metrics,
        logger: silentLogger,
        shutdown,
      } as never,
      queue,
      roles,
    );
    // The first reading is done before it is stopped.
    await shutdown.run();
    const text = await metrics.render();
    return text.split('\n').filter((line) => line.startsWith('tradegraph_'));
  }
  it('trading shows each account: equity, exposure, status, PnL and open orders', async () => {
    const lines = await shown(['trading']);
    const [stored] = await world.query<{ total: string; unrealized: string }>(
      `SELECT total_value AS total, unrealized_pnl AS unrealized FROM portfolio_snapshots
       WHERE account_id = $1 ORDER BY "timestamp" DESC LIMIT 1`,
      [MANUAL],
    );
    const equity = valueOf(lines, `tradegraph_account_equity{account="${MANUAL}",currency="USD"}`);
    expect(equity).toBe(Number(stored?.total));
    expect(valueOf(lines, `tradegraph_account_exposure_ratio{account="${MANUAL}"}`)).toBeCloseTo(5000 / equity, 12);
    expect(valueOf(lines, `tradegraph_account_pnl{account="${MANUAL}",currency="USD",kind="unrealized"}`)).toBe(
      Number(stored?.unrealized),
    );
    expect(lines).toContain(`tradegraph_account_status{account="${MANUAL}",status="ACTIVE"} 1`);
    expect(lines).toContain(`tradegraph_account_status{account="${MANUAL}",status="HALTED"} 0`);
    expect(lines).toContain(`tradegraph_account_open_orders{account="${MANUAL}"} 0`);
    expect(lines).toContain('tradegraph_build_info{version="9.9.9"} 1');
  });

  it('what is no longer there is shown no longer', async () => {
    expect((await shown(['trading'])).join()).not.toContain('of-another-time');
  });

  it('what cannot be read is not shown as it once was', async () => {
    const broken = { query: () => Promise.reject(new Error('away')), totalCount: 0, idleCount: 0, waitingCount: 0 };
    const lines = await shown(['trading', 'ingestion', 'backtesting'], broken as never);
    expect(lines.some((line) => line.startsWith('tradegraph_account_'))).toBe(false);
    expect(lines.some((line) => line.startsWith('tradegraph_bars_'))).toBe(false);
    expect(lines).toContain('tradegraph_jobs{queue="poll-symbol",state="waiting"} 2');
  });

  it('ingestion shows by how much the next bar of a series is overdue, and the jobs of the queue', async () => {
    const lines = await shown(['ingestion']);
    const labels = '{symbol="BTC-USD",timeframe="ONE_MINUTE"}';
    // The newest bar closed after 2 of the 12 minutes; the next was due a minute later.
    expect(lines).toContain(`tradegraph_bars_overdue_seconds${labels} 540`);
    expect(valueOf(lines, `tradegraph_bars_latest_close_timestamp_seconds${labels}`)).toBe(START / 1000 + 120);
    expect(lines).toContain('tradegraph_jobs{queue="poll-symbol",state="delayed"} 3');
  });

  it('backtesting shows what waits and what runs, also when nothing does', async () => {
    const lines = await shown(['backtesting']);
    expect(lines).toContain('tradegraph_backtests_open{kind="backtest",status="QUEUED"} 0');
    expect(lines).toContain('tradegraph_backtests_open{kind="search",status="RUNNING"} 0');
    expect(lines).toContain('tradegraph_backtests_oldest_wait_seconds{kind="backtest"} 0');
  });

  it('orders and decisions are counted once they are committed, denials by their code', () => {
    const { metrics } = world;
    const orders = (event: string) => metrics.value('tradegraph_orders_total', { account: MANUAL, event });
    expect({ created: orders('created'), filled: orders('filled') }).toEqual({ created: 1, filled: 1 });
    const decisions = (outcome: string) =>
      metrics.value('tradegraph_risk_decisions_total', { account: MANUAL, outcome });
    expect(decisions('APPROVED')).toBe(1);
    expect(decisions('INSUFFICIENT_FUNDS')).toBe(1);
  });
});
