import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ParityThread } from '../../src/adapters/backtests/parity-thread.js';
import { PgBarStore } from '../../src/adapters/postgres/bar-store.js';
import { PgCorporateActionStore } from '../../src/adapters/postgres/corporate-action-store.js';
import { PgDeploymentRecords } from '../../src/adapters/postgres/deployment-records.js';
import { PgInstrumentStore } from '../../src/adapters/postgres/instrument-store.js';
import { createReadModel } from '../../src/adapters/postgres/read-model/index.js';
import type { CorporateAction } from '../../src/domain/corporate-action.js';
import { ok } from '../../src/domain/result.js';
import type { SignalAction } from '../../src/domain/signal.js';
import type { SliceBar } from '../../src/engines/execution/slice.js';
import { SeededRandom } from '../../src/engines/ml/seeded-random.js';
import { CompareDeployment } from '../../src/services/trading/compare-deployment.js';
import { CreateOrder } from '../../src/services/trading/create-order.js';
import { DeployStrategy } from '../../src/services/trading/deploy-strategy.js';
import { eventually } from '../support/eventually.js';
import { checkInvariants } from '../support/invariants.js';
import { makeBar, MINUTE, START, SYMBOL } from '../support/trading-engine.js';
import { EMA, makeCommand, MANUAL, TradingWorld } from '../support/trading-world.js';

vi.setConfig({ testTimeout: 60_000 });

/** The minute that opens at the midnight after START: the first one without. */
const EX_MINUTE = 510;
const EX_DATE = START + EX_MINUTE * MINUTE;
const FIRST = EX_MINUTE - 10;
const split = (value: number, exDate = EX_DATE): CorporateAction => ({
  symbol: SYMBOL,
  exDate,
  kind: 'SPLIT',
  value,
  basis: 'RAW',
});
const dividend = (value: number): CorporateAction => ({ ...split(value), kind: 'DIVIDEND' });

/** All that a run leaves behind, without wall times and without what depends on how offsets were batched. */
const DIGEST = `
  SELECT jsonb_build_object(
    'orders', (SELECT jsonb_agg(to_jsonb(o) ORDER BY id) FROM orders o),
    'fills', (SELECT jsonb_agg(to_jsonb(f) - 'created_at' - 'seq' ORDER BY id) FROM fills f),
    'actions', (SELECT jsonb_agg(to_jsonb(a) - 'created_at' - 'seq' - 'after_fill' ORDER BY id) FROM account_actions a),
    'ledger', (SELECT jsonb_agg(to_jsonb(l) - 'created_at' - 'id' ORDER BY transaction_id, ledger) FROM ledger_entries l),
    'positions', (SELECT jsonb_agg(to_jsonb(p) ORDER BY id) FROM positions p),
    'snapshots', (SELECT jsonb_agg(to_jsonb(s) - 'created_at' ORDER BY account_id, "timestamp") FROM portfolio_snapshots s),
    'decisions', (SELECT jsonb_agg(to_jsonb(r) - 'created_at' ORDER BY id) FROM risk_decisions r),
    'events', (SELECT jsonb_agg(jsonb_build_array(topic, event_id, payload) ORDER BY topic, key, off) FROM event_log WHERE topic IN ('orders', 'portfolio'))
  ) AS digest`;

let world: TradingWorld;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** A world whose symbol is traded in whole units, as shares are. */
async function openWorld(): Promise<TradingWorld> {
  const opened = await TradingWorld.open();
  await opened.query('UPDATE instruments SET lot_size = 1 WHERE symbol = $1', [SYMBOL]);
  return opened;
}

const store = (of: TradingWorld, actions: readonly CorporateAction[]) =>
  of.log.unitOfWork.transaction((tx) => new PgCorporateActionStore(of.database.pool).save(tx, actions, 'csv'));
const caughtUp = (of = world) => eventually('the accounts have acted', () => of.isCaughtUp(), 20_000);
const flat = (minute: number, price: number): SliceBar => makeBar(minute, { open: price });

const position = async () =>
  (
    await world.query<{ quantity: string; cost: string; realized: string }>(
      `SELECT quantity::text, cost_basis::text AS cost, realized_pnl::text AS realized FROM positions WHERE account_id = $1`,
      [MANUAL],
    )
  )[0];
const orders = async () =>
  world.query<Record<string, string | null>>(
    `SELECT cause, side, order_type, trim_scale(quantity)::text AS quantity, trim_scale(COALESCE(limit_price, stop_price))::text AS price, status
     FROM orders WHERE account_id = $1 AND status IN ('ACCEPTED', 'PARTIALLY_FILLED') ORDER BY cause, order_type, side`,
    [MANUAL],
  );
const actions = async () =>
  world.query(
    `SELECT kind, outcome, quantity_before::text AS before, quantity::text AS after, cash::text, ex_date::text
     FROM account_actions WHERE account_id = $1 ORDER BY seq`,
    [MANUAL],
  );
const account = async () =>
  (
    await world.query<{ cash: string; status: string }>('SELECT cash::text, status FROM accounts WHERE id = $1', [
      MANUAL,
    ])
  )[0]!;

/** Buys by hand at 400, with a stop and a target, and waits until it is filled. */
async function holdAt400(quantity: string): Promise<void> {
  await world.minute(flat(FIRST, 400));
  await caughtUp();
  const placed = await new CreateOrder(world.desk).execute(
    makeCommand({ quantity, stopLoss: '380', takeProfit: '440' }),
  );
  expect(placed.ok).toBe(true);
  await world.minute(flat(FIRST + 1, 400));
  await caughtUp();
  expect((await position())?.quantity).toBe(quantity);
}

async function lastMinutesAt400(): Promise<void> {
  for (let minute = FIRST + 2; minute < EX_MINUTE; minute += 1) await world.minute(flat(minute, 400));
}

describe('an account over a split', () => {
  it('holds four times as many at a quarter of the price, and its orders and protection are in the new scale', async () => {
    const service = world.service();
    service.start();
    await holdAt400('10');
    const create = new CreateOrder(world.desk);
    await create.execute(makeCommand({ quantity: '5', orderType: 'LIMIT', limitPrice: '390' }));
    await create.execute(makeCommand({ quantity: '3', orderType: 'STOP', stopPrice: '412' }));
    await lastMinutesAt400();
    await caughtUp();
    const before = (await position())!;
    const cash = (await account()).cash;

    await store(world, [split(4)]);
    await world.minute(flat(EX_MINUTE, 100));
    await caughtUp();
    await service.stop();

    expect(await position()).toEqual({ ...before, quantity: '40' });
    expect(await account()).toEqual({ cash, status: 'ACTIVE' });
    const [bought] = await world.query<{ price: string }>('SELECT price::text FROM fills');
    expect(Number(before.cost)).toBeCloseTo(10 * Number(bought!.price), 6);
    expect(
      (await orders()).map(({ cause, side, order_type, quantity, price }) => [
        cause,
        side,
        order_type,
        quantity,
        price,
      ]),
    ).toEqual([
      ['MANUAL', 'BUY', 'LIMIT', '20', '97.5'],
      ['MANUAL', 'BUY', 'STOP', '12', '103'],
      ['STOP_LOSS', 'SELL', 'STOP', '40', '95.02'],
      ['TAKE_PROFIT', 'SELL', 'LIMIT', '40', '110.02'],
    ]);
    expect(await actions()).toEqual([
      { kind: 'SPLIT', outcome: 'BOOKED', before: '10', after: '40', cash: '0.00', ex_date: '2016-01-04' },
    ]);
    const reads = createReadModel(world.database, new PgBarStore(world.database.pool)).trading;
    const filter = { accountId: MANUAL, symbol: SYMBOL, from: null, to: null };
    const page = await reads.accountActions(filter, { from: 'first', size: 5, after: null, before: null });
    expect(page.items.map(({ item }) => item)).toMatchObject([
      {
        kind: 'SPLIT',
        exDate: EX_DATE,
        outcome: 'BOOKED',
        value: 4,
        quantityBefore: '10',
        quantity: '40',
        cash: '0.00',
      },
    ]);
    const events = await world.query<{ payload: object }>(
      "SELECT payload FROM event_log WHERE topic = 'portfolio' AND type = 'account_action'",
    );
    expect(events.map(({ payload }) => payload)).toMatchObject([
      { account_id: MANUAL, symbol: SYMBOL, kind: 'SPLIT', outcome: 'BOOKED', quantity_before: '10', quantity: '40' },
    ]);
    expect(await checkInvariants(world.connectionString)).toEqual([]);
  });

  it('is stopped and reaches its target at the prices after it', async () => {
    const service = world.service();
    service.start();
    await holdAt400('10');
    await lastMinutesAt400();
    await store(world, [split(4)]);
    await world.minute(flat(EX_MINUTE, 100));
    await world.minute(makeBar(EX_MINUTE + 1, { open: 100, high: 112, close: 111 }));
    await caughtUp();
    await service.stop();
    const sold = await world.query("SELECT quantity::text FROM fills WHERE side = 'SELL'");
    expect(sold).toEqual([{ quantity: '40' }]);
    expect(await position()).toMatchObject({ quantity: '0', cost: '0.00' });
    expect(await checkInvariants(world.connectionString)).toEqual([]);
  });

  it('has what is no whole share paid out at the last close, and the rest keeps its share of the cost', async () => {
    const service = world.service();
    service.start();
    await holdAt400('13');
    await lastMinutesAt400();
    await caughtUp();
    const before = (await position())!;
    const { cash } = await account();
    await store(world, [split(0.1)]);
    await world.minute(flat(EX_MINUTE, 4000));
    await caughtUp();
    await service.stop();
    // 1.3 shares: 0.3 of them at 4,000 each.
    expect(Number((await account()).cash) - Number(cash)).toBeCloseTo(1200, 6);
    const after = (await position())!;
    expect(after.quantity).toBe('1');
    expect(Number(after.cost)).toBeCloseTo(Number(before.cost) / 1.3, 2);
    expect(Number(after.realized)).toBeCloseTo(1200 - (Number(before.cost) * 0.3) / 1.3, 2);
    expect(await actions()).toMatchObject([{ before: '13', after: '1', cash: '1200.00' }]);
    expect(await checkInvariants(world.connectionString)).toEqual([]);
  });

  it('is paid a dividend on what it held at the close before, after a split of the same day on the new shares', async () => {
    const service = world.service();
    service.start();
    await holdAt400('10');
    await lastMinutesAt400();
    await caughtUp();
    const { cash } = await account();
    await store(world, [dividend(0.25), split(4)]);
    await new CreateOrder(world.desk).execute(makeCommand({ side: 'SELL', quantity: '10' }));
    await world.minute(flat(EX_MINUTE, 100));
    await caughtUp();
    const [sale] = await world.query<{ net: string; quantity: string }>(
      "SELECT (quantity * price - fee)::text AS net, quantity::text FROM fills WHERE side = 'SELL'",
    );
    await service.stop();
    expect(sale?.quantity).toBe('40');
    expect(Number((await account()).cash) - Number(cash) - Number(sale!.net)).toBeCloseTo(40 * 0.25, 6);
    expect(await world.query("SELECT amount::text FROM ledger_entries WHERE ledger = 'DIVIDENDS'")).toEqual([
      { amount: '-10.00' },
    ]);
    expect(await checkInvariants(world.connectionString)).toEqual([]);
  });

  it('books an action once, though it comes again, is corrected, and the process is another one', async () => {
    let service = world.service();
    service.start();
    await holdAt400('10');
    await lastMinutesAt400();
    await store(world, [split(4), dividend(0.5)]);
    await world.minute(flat(EX_MINUTE, 100));
    await caughtUp();
    const booked = await actions();
    await store(world, [split(4), dividend(0.75)]);
    await world.minute(flat(EX_MINUTE + 1, 100));
    await caughtUp();
    await service.stop();
    service = world.service({ owner: randomUUID() });
    service.start();
    for (let minute = EX_MINUTE + 2; minute < EX_MINUTE + 5; minute += 1) await world.minute(flat(minute, 100));
    await caughtUp();
    await service.stop();
    expect(booked).toHaveLength(2);
    expect(await actions()).toEqual(booked);
    expect((await position())?.quantity).toBe('40');
    expect(await account()).toMatchObject({ status: 'ACTIVE' });
    expect(await checkInvariants(world.connectionString)).toEqual([]);
  });

  it('that was not known in time is told, and books nothing: the account may only reduce', async () => {
    const service = world.service();
    service.start();
    await holdAt400('10');
    await lastMinutesAt400();
    // The last price is kept from the stop: it is the account that must notice.
    for (const minute of [EX_MINUTE, EX_MINUTE + 1]) await world.minute(flat(minute, 400));
    await caughtUp();
    await store(world, [split(4), dividend(1)]);
    for (const minute of [EX_MINUTE + 2, EX_MINUTE + 3]) {
      await world.minute(flat(minute, 400));
      await caughtUp();
    }
    await service.stop();
    expect(await actions()).toEqual([
      { kind: 'SPLIT', outcome: 'LATE', before: '10', after: '10', cash: '0.00', ex_date: '2016-01-04' },
      { kind: 'DIVIDEND', outcome: 'LATE', before: '10', after: '10', cash: '0.00', ex_date: '2016-01-04' },
    ]);
    expect((await position())?.quantity).toBe('10');
    expect(await account()).toMatchObject({ status: 'REDUCING' });
    expect(
      world.metrics.value('tradegraph_account_actions_total', { account: MANUAL, kind: 'SPLIT', outcome: 'LATE' }),
    ).toBe(1);
    expect(await checkInvariants(world.connectionString)).toEqual([]);
  });
});

/** Fifty minutes over midnight, a fifth of the price after it; orders fill in parts, and some wait over the split. */
const script: readonly { bar: SliceBar; ema: SignalAction }[] = Array.from({ length: 50 }, (_, k) => {
  const minute = EX_MINUTE - 25 + k;
  const scale = minute < EX_MINUTE ? 1 : 0.2;
  const at = (x: number) => Math.round((400 + 8 * Math.sin(x / 5)) * scale * 100) / 100;
  const [open, close] = [at(k), at(k + 1)];
  const bar = makeBar(minute, {
    open,
    close,
    high: Math.max(open, close) + 0.4 * scale,
    low: Math.min(open, close) - 0.4 * scale,
    volume: (60 + (k % 7) * 15) / scale,
  });
  const ema: SignalAction = k % 20 === 4 || k === 23 ? 'BUY' : k % 20 === 16 ? 'SELL' : 'HOLD';
  return { bar, ema };
});

const run = async (of: TradingWorld, play: () => Promise<void>) => {
  await store(of, [split(5), dividend(0.1)]);
  await play();
  expect(await checkInvariants(of.connectionString)).toEqual([]);
  return (await of.query<{ digest: object }>(DIGEST))[0]!.digest;
};
const publish = async (of: TradingWorld, from: number, to: number) => {
  for (const { bar, ema } of script.slice(from, to)) await of.minute(bar, ema, null, 12);
};

it('leaves the same to the last digit bar by bar, at once, and over restarts', async () => {
  const inOne = await run(world, async () => {
    await publish(world, 0, script.length);
    const service = world.service();
    service.start();
    await caughtUp();
    await service.stop();
  });
  const booked = await world.query('SELECT FROM account_actions WHERE account_id = $1', [EMA]);
  expect(booked).toHaveLength(2);
  expect(await world.query('SELECT FROM order_rescalings')).not.toHaveLength(0);
  const other = await openWorld();
  try {
    const inPieces = await run(other, async () => {
      for (const [from, to] of [
        [0, 20],
        [20, 25],
        [25, 26],
        [26, 27],
        [27, 50],
      ] as const) {
        const service = other.service({ owner: randomUUID() });
        service.start();
        for (let k = from; k < to; k += 1) {
          await publish(other, k, k + 1);
          await caughtUp(other);
        }
        await service.stop();
      }
    });
    expect(inPieces).toEqual(inOne);
  } finally {
    await other.close();
  }
});

function walk(count: number): SliceBar[] {
  const random = new SeededRandom(1);
  let close = 430;
  return Array.from({ length: count }, (_, k) => {
    const minute = EX_MINUTE - 30 + k;
    if (minute === EX_MINUTE) close /= 4;
    const open = close;
    close *= 1 + (random.nextFloat() - 0.5) * 0.01;
    return makeBar(minute, { open, close });
  });
}
const deploy = async () => {
  const deployed = await new DeployStrategy({
    desk: world.desk,
    deployments: world.deployments,
    strategies: world.hosting.strategies,
    bars: new PgBarStore(world.database.pool),
    instruments: new PgInstrumentStore(world.database.pool),
    openAccount: () => Promise.reject(new Error('no account is to be opened here')),
  }).execute({ strategy: 'sma-cross', params: { fast: 3, slow: 8 }, symbols: [SYMBOL], accountId: MANUAL });
  if (!deployed.ok) throw new Error(deployed.error[0]?.message);
  return deployed.value.deploymentId;
};
const compare = (id: string) =>
  new CompareDeployment({
    ...world.hosting,
    records: new PgDeploymentRecords(world.database.pool),
    replayer: new ParityThread(30_000),
  }).execute(id);

describe('a deployed strategy over a split', () => {
  it.each([
    ['goes on', [60]],
    ['is opened anew before and after it', [28, 33, 60]],
  ])('that %s trades as its backtest does', async (_what, stops) => {
    await world.query('UPDATE instruments SET lot_size = 0.00000001 WHERE symbol = $1', [SYMBOL]);
    await store(world, [split(4), dividend(0.3)]);
    const bars = walk(60);
    for (const bar of bars.slice(0, 10)) await world.minute(bar);
    let service = world.service();
    service.start();
    await caughtUp();
    const id = await deploy();
    let next = 10;
    for (const stop of stops) {
      for (const bar of bars.slice(next, stop)) await world.minute(bar);
      next = stop;
      await caughtUp();
      await service.stop();
      service = world.service({ owner: randomUUID() });
      service.start();
    }
    await service.stop();
    const compared = await compare(id);
    expect(compared).toMatchObject(ok({ reservations: [], comparison: { isEqual: true, equityCounts: [50, 50] } }));
    expect(await world.query("SELECT FROM account_actions WHERE kind = 'SPLIT'")).toHaveLength(1);
    expect((await world.query('SELECT FROM fills')).length).toBeGreaterThan(4);
    expect(await checkInvariants(world.connectionString)).toEqual([]);
  });

  it('that was known too late is ended, and says why', async () => {
    const bars = walk(45);
    const service = world.service();
    service.start();
    const id = await deploy();
    for (const bar of bars.slice(0, 33)) await world.minute(bar);
    await caughtUp();
    await store(world, [split(4)]);
    for (const bar of bars.slice(33)) await world.minute(bar);
    await caughtUp();
    await service.stop();
    expect(await world.deployments.deployment(id)).toMatchObject({
      status: 'FAILED',
      failure: expect.stringContaining('a split of BTC-USD became known, or changed, after bars'),
    });
  });
});
