import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PgBarStore } from '../../src/adapters/postgres/bar-store.js';
import { ParityThread } from '../../src/adapters/backtests/parity-thread.js';
import { PgDeploymentRecords } from '../../src/adapters/postgres/deployment-records.js';
import { PgInstrumentStore } from '../../src/adapters/postgres/instrument-store.js';
import { simulateNative } from '../../src/engines/backtest/native-simulation.js';
import { SeededRandom } from '../../src/engines/ml/seeded-random.js';
import { err, ok } from '../../src/domain/result.js';
import { DEFAULT_RISK_LIMITS } from '../../src/engines/risk/limits.js';
import { smaCross } from '../../src/engines/strategies/built-in/sma-cross.js';
import { parseParameters } from '../../src/engines/strategies/parameters.js';
import type { SliceBar } from '../../src/engines/execution/slice.js';
import type { StrategyDefinition } from '../../src/engines/strategies/strategy.js';
import type { StrategyHosting } from '../../src/services/trading/account-strategy.js';
import { CompareDeployment } from '../../src/services/trading/compare-deployment.js';
import { DeployStrategy, type DeployStrategyCommand } from '../../src/services/trading/deploy-strategy.js';
import { UndeployStrategy } from '../../src/services/trading/undeploy-strategy.js';
import { eventually } from '../support/eventually.js';
import { BITCOIN, seriesOf } from '../support/native-backtest.js';
import { makeBar, SYMBOL } from '../support/trading-engine.js';
import { EMA, MANUAL, TradingWorld } from '../support/trading-world.js';

/** A walk that crosses often: enough for a strategy to trade within a hundred bars. */
function walk(count: number): SliceBar[] {
  const random = new SeededRandom(5);
  let close = 430;
  return Array.from({ length: count }, (_, minute) => {
    const open = close;
    close *= 1 + (random.nextFloat() - 0.5) * 0.01;
    return makeBar(minute, { open, close });
  });
}

/** What the same strategy fills in a backtest over the same bars. */
function backtestedFills(bars: readonly SliceBar[], tradeFrom: number) {
  const options = {
    startingCash: 100_000,
    instruments: [BITCOIN],
    costs: {},
    limits: DEFAULT_RISK_LIMITS,
    finalizeTrades: false,
    accountId: MANUAL,
  };
  const parsed = parseParameters(smaCross.parameters, { fast: 3, slow: 8 });
  if (!parsed.ok) throw new Error(parsed.error.message);
  const filled: (string | number)[][] = [];
  const series = [seriesOf(SYMBOL, 'ONE_MINUTE', bars)];
  simulateNative({ series, tradeFrom }, smaCross, parsed.value, options, undefined, undefined, {
    onEvents: (_time, events) => {
      for (const event of events) {
        if (event.type !== 'fill_booked') continue;
        const { side, lots, priceTicks, feeCents, timestamp } = event.fill;
        filled.push([side, lots / 1e8, priceTicks / 100, feeCents / 100, timestamp]);
      }
    },
  });
  return filled;
}

const command = (change: Partial<DeployStrategyCommand> = {}): DeployStrategyCommand => ({
  strategy: 'sma-cross',
  params: { fast: 3, slow: 8 },
  symbols: [SYMBOL],
  accountId: MANUAL,
  ...change,
});

describe('a strategy that is deployed on a paper account', () => {
  let world: TradingWorld;
  beforeEach(async () => {
    world = await TradingWorld.open();
  });
  afterEach(() => world.close());

  const deployStrategy = (strategies: StrategyHosting['strategies'] = world.hosting.strategies) =>
    new DeployStrategy({
      desk: world.desk,
      deployments: world.deployments,
      strategies,
      bars: new PgBarStore(world.database.pool),
      instruments: new PgInstrumentStore(world.database.pool),
      openAccount: () => Promise.reject(new Error('no account is to be opened here')),
    });
  const refused = async (change: Partial<DeployStrategyCommand>) => {
    const outcome = await deployStrategy().execute(command(change));
    return outcome.ok ? [] : outcome.error.map(({ code, path }) => `${code} ${path?.join('.')}`);
  };
  const caughtUp = () => eventually('the accounts have acted', () => world.isCaughtUp());
  const fills = async () => {
    const rows = await world.query<{ side: string; quantity: string; price: string; fee: string; at: Date }>(
      `SELECT side, quantity::text, price::text, fee::text, "timestamp" AS at FROM fills
       WHERE account_id = $1 ORDER BY seq`,
      [MANUAL],
    );
    return rows.map(({ side, quantity, price, fee, at }) => [side, +quantity, +price, +fee, at.getTime()]);
  };
  const status = async (id: string) => (await world.deployments.deployment(id))?.status;

  async function deploy(strategies?: StrategyHosting['strategies'], change?: Partial<DeployStrategyCommand>) {
    const deployed = await deployStrategy(strategies).execute(command(change));
    if (!deployed.ok) throw new Error(deployed.error[0]?.message);
    return deployed.value.deploymentId;
  }

  it('signals every bar and fills as its backtest does, also when its process is replaced in between', async () => {
    const bars = walk(48);
    for (const bar of bars.slice(0, 10)) await world.minute(bar);
    let service = world.service();
    service.start();
    await caughtUp();
    const id = await deploy();
    for (const bar of bars.slice(10, 28)) await world.minute(bar);
    await caughtUp();
    await service.stop();
    service = world.service({ owner: randomUUID() });
    service.start();
    for (const bar of bars.slice(28)) await world.minute(bar);
    await caughtUp();
    await service.stop();

    const compare = new CompareDeployment({
      ...world.hosting,
      records: new PgDeploymentRecords(world.database.pool),
      replayer: new ParityThread(30_000),
    });
    const compared = await compare.execute(id);
    expect(compared).toMatchObject(
      ok({ until: bars.at(-1)!.closeTime, reservations: [], comparison: { isEqual: true, equityCounts: [38, 38] } }),
    );

    const expected = backtestedFills(bars, bars[10]!.timestamp);
    expect(expected.length).toBeGreaterThan(2);
    expect(await fills()).toEqual(expected);
    const { source } = (await world.deployments.deployment(id))!;
    const signals = await world.query<{ action: string; count: number }>(
      'SELECT action, count(*)::int AS count FROM trading_signals WHERE source = $1 GROUP BY action ORDER BY action',
      [source],
    );
    expect(signals.map(({ action }) => action)).toEqual(['BUY', 'HOLD', 'SELL']);
    expect(signals.reduce((sum, { count }) => sum + count, 0)).toBe(38);
    const events = await world.query(
      "SELECT FROM event_log WHERE topic = 'trading_signals' AND payload ->> 'source' = $1",
      [source],
    );
    expect(events).toHaveLength(38);
  });

  it('decides nothing any more once it is undeployed, and keeps what it holds', async () => {
    const service = world.service();
    service.start();
    const id = await deploy(undefined, { strategy: 'buy-and-hold', params: { sizePct: 10 } });
    for (const bar of walk(10)) await world.minute(bar);
    await caughtUp();
    const before = await fills();
    expect(before).toHaveLength(1);

    const undeploy = new UndeployStrategy(world.desk, world.deployments);
    expect(await undeploy.execute(id)).toEqual(ok({ deploymentId: id }));
    expect(await undeploy.execute(id)).toMatchObject(err({ code: 'DEPLOYMENT_ENDED' }));
    expect(await undeploy.execute(randomUUID())).toMatchObject(err({ code: 'UNKNOWN_DEPLOYMENT' }));
    for (let minute = 10; minute < 15; minute += 1) await world.minute(makeBar(minute, { open: 430 }));
    await caughtUp();
    await service.stop();

    expect(await status(id)).toBe('STOPPED');
    expect(await fills()).toEqual(before);
    const [account] = await world.query<{ signal_source: string | null }>('SELECT * FROM accounts WHERE id = $1', [
      MANUAL,
    ]);
    expect(account?.signal_source).toBeNull();
  });

  it.each([
    [
      'throws',
      'no more ideas',
      () => {
        throw new Error('no more ideas');
      },
    ],
    [
      'never comes to an end',
      'did not answer within',
      () => {
        for (;;);
      },
    ],
  ])('that %s is ended with the reason, and its account goes on', async (_what, reason, fault) => {
    let bars = 0;
    const faulty: StrategyDefinition = {
      name: 'faulty',
      description: 'Works for two bars.',
      parameters: {},
      warmUpBars: () => 0,
      create: () => ({
        onBar: () => {
          bars += 1;
          if (bars > 2) fault();
        },
      }),
    };
    const strategies = {
      find: async () => ok({ definition: faulty, reference: { kind: 'FILE', path: 'faulty.ts' } as const }),
    };
    const service = world.service({ hosting: { ...world.hosting, strategies } });
    service.start();
    const id = await deploy(strategies, { strategy: 'faulty', params: {} });
    for (const bar of walk(6)) await world.minute(bar);
    await caughtUp();
    await service.stop();

    const ended = await world.deployments.deployment(id);
    expect(ended).toMatchObject({ status: 'FAILED', failure: expect.stringContaining(reason) });
    const [account] = await world.query<{ status: string }>('SELECT status FROM accounts WHERE id = $1', [MANUAL]);
    expect(account?.status).toBe('ACTIVE');
    expect(world.metrics.value('tradegraph_deployment_failures_total', { strategy: 'faulty' })).toBe(1);
  });

  it('that is late to be found again, on a busy machine, is waited for and goes on', async () => {
    const bars = walk(6);
    const { strategies } = world.hosting;
    const id = await deploy();
    let late = 3;
    const found = async (name: string) => {
      if (late === 0) return strategies.find(name);
      late -= 1;
      return err({
        code: 'STRATEGY_NOT_LOADED' as const,
        message: 'its import takes longer than 10000 ms',
        retriable: true,
      });
    };
    const service = world.service({ hosting: { ...world.hosting, strategies: { find: found } } });
    service.start();
    for (const bar of bars) await world.minute(bar);
    await caughtUp();
    await service.stop();
    expect(late).toBe(0);
    expect(await status(id)).toBe('RUNNING');
    const [account] = await world.query<{ as_of: Date }>('SELECT as_of FROM accounts WHERE id = $1', [MANUAL]);
    expect(account?.as_of.getTime()).toBe(bars.at(-1)?.closeTime);
  });

  it('is refused where it cannot work, with every fault that can be told', async () => {
    await world.minute(makeBar(0, { open: 430 }));
    expect(await refused({ strategy: 'no-such' })).toEqual(['UNKNOWN_STRATEGY input.strategy']);
    expect(await refused({ strategy: 'lstm', params: {} })).toEqual(['STRATEGY_NOT_DEPLOYABLE input.strategy']);
    expect(await refused({ params: { fast: 1e9 }, symbols: ['NOPE'] })).toEqual([
      'PARAMETER_OUT_OF_RANGE input.params.fast',
      'NOT_TRACKED input.symbols',
    ]);
    expect(await refused({ params: { quick: 1 } })).toEqual(['UNKNOWN_PARAMETER input.params.quick']);
    expect(await refused({ symbols: [] })).toEqual(['INVALID_ARGUMENT input.symbols']);
    expect(await refused({ accountId: 'nobody' })).toEqual(['UNKNOWN_ACCOUNT input.accountId']);
    expect(await refused({ accountId: EMA })).toEqual(['ACCOUNT_NOT_FREE input.accountId']);
    await deploy();
    expect(await refused({})).toEqual(['ACCOUNT_NOT_FREE input.accountId']);
  });
});
