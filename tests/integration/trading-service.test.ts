import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignalAction } from '../../src/domain/signal.js';
import { partitionOf } from '../../src/domain/topics.js';
import type { SliceBar } from '../../src/engines/execution/slice.js';
import { NATIVE_PROFILE } from '../../src/services/trading/trading-profile.js';
import type { TradingStore } from '../../src/ports/trading-store.js';
import { CancelOrder } from '../../src/services/trading/cancel-order.js';
import { CreateOrder } from '../../src/services/trading/create-order.js';
import { eventually } from '../support/eventually.js';
import { checkInvariants } from '../support/invariants.js';
import { makeBar, SYMBOL } from '../support/trading-engine.js';
import { EMA, LSTM, makeCommand, MANUAL, TradingWorld } from '../support/trading-world.js';

/** A market that moves, with a BUY, a SELL and stops on the way. */
const script: readonly { bar: SliceBar; ema: SignalAction; lstm: SignalAction | null }[] = Array.from(
  { length: 40 },
  (_, minute) => {
    const open = 400 + 8 * Math.sin(minute / 5);
    const close = 400 + 8 * Math.sin((minute + 1) / 5);
    const bar = makeBar(minute, {
      open: Math.round(open * 100) / 100,
      close: Math.round(close * 100) / 100,
      high: Math.round(Math.max(open, close) * 100 + 40) / 100,
      low: Math.round(Math.min(open, close) * 100 - 40) / 100,
      volume: 60 + (minute % 7) * 15,
    });
    const ema: SignalAction = minute % 20 === 3 ? 'BUY' : minute % 20 === 15 ? 'SELL' : 'HOLD';
    return { bar, ema, lstm: minute < 5 ? null : minute % 11 === 0 ? 'BUY' : 'HOLD' };
  },
);

/** All that a run leaves behind, without wall times and without what depends on how offsets were batched. */
const DIGEST = `
  SELECT jsonb_build_object(
    'orders', (SELECT jsonb_agg(to_jsonb(o) ORDER BY id) FROM orders o),
    'fills', (SELECT jsonb_agg(to_jsonb(f) - 'created_at' - 'seq' ORDER BY id) FROM fills f),
    'ledger', (SELECT jsonb_agg(to_jsonb(l) - 'created_at' - 'id' ORDER BY transaction_id, ledger) FROM ledger_entries l),
    'positions', (SELECT jsonb_agg(to_jsonb(p) ORDER BY id) FROM positions p),
    'snapshots', (SELECT jsonb_agg(to_jsonb(s) - 'created_at' ORDER BY account_id, "timestamp") FROM portfolio_snapshots s),
    'decisions', (SELECT jsonb_agg(to_jsonb(r) - 'created_at' ORDER BY id) FROM risk_decisions r),
    'events', (SELECT jsonb_agg(jsonb_build_array(topic, event_id, payload) ORDER BY topic, key, off) FROM event_log WHERE topic IN ('orders', 'portfolio')),
    'feeds', (SELECT jsonb_agg(jsonb_build_array(id, cash, fees, as_of, feed) ORDER BY id) FROM accounts)
  ) AS digest`;

const digest = async (of: TradingWorld) => (await of.query<{ digest: object }>(DIGEST))[0]!.digest;

/** The same of each of the three accounts. */
const ofEach = <T>(value: T): T[] => [value, value, value];

/** What people ask for: some of it is denied, some fills at once, in parts, later or never. */
const BY_HAND: readonly Parameters<typeof makeCommand>[0][] = [
  { quantity: '8', stopLoss: '396', takeProfit: '404' },
  { quantity: '20', orderType: 'LIMIT', limitPrice: '399', stopLoss: '395' },
  { side: 'SELL', quantity: '3' },
  { quantity: '5', orderType: 'STOP', stopPrice: '403', timeInForce: 'IOC' },
  { side: 'SELL', quantity: '6', orderType: 'LIMIT', limitPrice: '405' },
  { side: 'SELL', quantity: '2', orderType: 'STOP', stopPrice: '397', timeInForce: 'DAY' },
];

/** A store whose `apply` is another. */
function withApply(
  store: TradingStore,
  apply: (
    original: TradingStore['apply'],
    ...args: Parameters<TradingStore['apply']>
  ) => ReturnType<TradingStore['apply']>,
): TradingStore {
  return new Proxy(store, {
    get(target, property, receiver) {
      if (property === 'apply') return apply.bind(null, target.apply.bind(target));
      const member: unknown = Reflect.get(target, property, receiver);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

describe('the trading service', () => {
  let world: TradingWorld;
  beforeEach(async () => {
    world = await TradingWorld.open();
  });
  afterEach(() => world.close());

  const publish = async (from = 0, to = script.length) => {
    for (const { bar, ema, lstm } of script.slice(from, to)) await world.minute(bar, ema, lstm, 3);
  };
  const caughtUp = () => eventually('all accounts caught up', () => world.isCaughtUp(), 20_000);

  it('turns bars and signals into booked fills, the same to the last digit bar by bar, at once, and over restarts', async () => {
    const service = world.service();
    service.start();
    for (let minute = 0; minute < script.length; minute += 1) {
      await publish(minute, minute + 1);
      if (minute % 10 === 0) await caughtUp();
    }
    await world.endSeries('REPLAY_OVER');
    await caughtUp();
    await service.stop();
    expect(await checkInvariants(world.connectionString)).toEqual([]);
    const counts = await world.query<{ account_id: string; fills: number }>(
      'SELECT account_id, count(*)::int AS fills FROM fills GROUP BY account_id ORDER BY account_id',
    );
    expect(counts.map(({ account_id }) => account_id)).toEqual([EMA, LSTM]);
    expect(counts.every(({ fills }) => fills > 2)).toBe(true);
    expect(await world.query('SELECT count(*)::int AS count FROM portfolio_snapshots GROUP BY account_id')).toEqual(
      ofEach({ count: 41 }),
    );

    const other = await TradingWorld.open();
    try {
      for (const { bar, ema, lstm } of script) await other.minute(bar, ema, lstm, 3);
      await other.endSeries('REPLAY_OVER');
      const snapshots = async () => (await other.query('SELECT FROM portfolio_snapshots')).length;
      for (let restarts = 0; restarts < 3; restarts += 1) {
        const before = await snapshots();
        const again = other.service();
        again.start();
        await eventually('some more slices', async () => (await snapshots()) > before);
        await again.stop();
      }
      const last = other.service();
      last.start();
      await eventually('caught up', () => other.isCaughtUp(), 20_000);
      await last.stop();
      expect(await checkInvariants(other.connectionString)).toEqual([]);
      expect(await digest(other)).toEqual(await digest(world));
    } finally {
      await other.close();
    }
  });

  it('shares the accounts out between two processes, and hands them over when one stops', async () => {
    const first = world.service({ leaseMs: 300 });
    first.start();
    await publish(0, 3);
    await eventually('the first trades all accounts', () => first.accountIds.length === 3);
    const second = world.service({ leaseMs: 300 });
    second.start();
    await eventually('each has its share', () => first.accountIds.length === 2 && second.accountIds.length === 1);
    expect(new Set([...first.accountIds, ...second.accountIds]).size).toBe(3);
    await publish(3, 6);
    await caughtUp();
    await first.stop();
    await eventually('the second trades all accounts', () => second.accountIds.length === 3);
    await publish(6, 9);
    await caughtUp();
    await second.stop();
    expect(await checkInvariants(world.connectionString)).toEqual([]);
    expect(await world.query('SELECT count(*)::int AS count FROM portfolio_snapshots GROUP BY account_id')).toEqual(
      ofEach({ count: 10 }),
    );
  });

  it('commits a slice once when two processes believe that they own the account', async () => {
    const first = world.service({ leaseMs: 300 });
    first.start();
    await publish(0, 5);
    await caughtUp();
    // The first is thought dead: somebody else has taken its accounts.
    await world.query("UPDATE accounts SET owner = 'second', epoch = epoch + 1, lease_until = now() + interval '10 s'");
    const second = world.service();
    await publish(5, 10);
    await eventually('the first lets go', () => first.accountIds.length === 0);
    expect(
      await world.query('SELECT max("timestamp") < $1 AS stopped FROM portfolio_snapshots', [
        new Date(script[5]!.bar.closeTime),
      ]),
    ).toEqual([{ stopped: true }]);
    await world.store.release('second');
    second.start();
    await caughtUp();
    await Promise.all([first.stop(), second.stop()]);
    expect(await checkInvariants(world.connectionString)).toEqual([]);
    expect(await world.query('SELECT count(*)::int AS count FROM portfolio_snapshots GROUP BY account_id')).toEqual(
      ofEach({ count: 11 }),
    );
  });

  it('keeps its books while people place and cancel orders, bars come and two processes trade', async () => {
    const services = [world.service({ leaseMs: 60 }), world.service({ leaseMs: 60 })];
    for (const service of services) service.start();
    const createOrder = new CreateOrder(world.desk);
    const cancel = new CancelOrder(world.desk);
    await publish(0, 1);
    const person = async (seed: number) => {
      for (let turn = 0; turn < 15; turn += 1) {
        const change = BY_HAND[(seed + turn) % BY_HAND.length]!;
        const created = await createOrder.execute(makeCommand(change));
        if (created.ok && turn % 3 === 0) await cancel.execute(created.value.orderId);
        if (turn % 5 === 0)
          await world.query("UPDATE accounts SET lease_until = now() - interval '1 second' WHERE id = $1", [MANUAL]);
      }
    };
    const market = async () => {
      for (let minute = 1; minute <= 40; minute += 1) {
        const open = 400 + 6 * Math.sin(minute / 3);
        const bar = makeBar(minute, { open, high: open + 3, low: open - 3, volume: 100 });
        await world.minute(bar, minute % 6 === 1 ? 'BUY' : minute % 6 === 4 ? 'SELL' : 'HOLD', null, 2);
      }
    };
    await Promise.all([person(0), person(1), person(2), market()]);
    await eventually('caught up', () => world.isCaughtUp());
    await Promise.all(services.map((service) => service.stop()));
    expect(await checkInvariants(world.connectionString)).toEqual([]);
    const counts = await world.query<{ fills: number; orders: number }>(
      `SELECT (SELECT count(*)::int FROM fills) AS fills, (SELECT count(*)::int FROM orders WHERE cause = 'MANUAL') AS orders`,
    );
    expect(counts[0]!.fills).toBeGreaterThan(5);
    expect(counts[0]!.orders).toBeGreaterThan(5);
    expect(await world.query("SELECT id FROM accounts WHERE status <> 'ACTIVE'")).toEqual([]);
  });

  it('leaves nothing of a slice whose transaction is rolled back, and does it again', async () => {
    let faults = 0;
    const failing = withApply(world.store, async (apply, tx, change) => {
      const answer = await apply(tx, change);
      faults += 1;
      // After everything was written, before the commit: what was written must go.
      if (faults % 9 === 1) throw Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' });
      return answer;
    });
    const service = world.service({ store: failing });
    service.start();
    await publish();
    await caughtUp();
    await service.stop();
    expect(faults).toBeGreaterThan(100);
    expect(await checkInvariants(world.connectionString)).toEqual([]);
    expect(await world.query('SELECT status FROM accounts')).toEqual(ofEach({ status: 'ACTIVE' }));
    expect(await world.query('SELECT count(*)::int AS count FROM portfolio_snapshots GROUP BY account_id')).toEqual(
      ofEach({ count: 41 }),
    );
  });

  it('passes a slice over that keeps failing: dead letters, REDUCING, and on it goes', async () => {
    const poisoned = script[7]!.bar.closeTime;
    const failing = withApply(world.store, async (apply, tx, change) => {
      const { after } = change;
      if (after.accountId === EMA && after.asOf === poisoned) throw new Error('this slice cannot be acted on');
      return apply(tx, change);
    });
    const service = world.service({ store: failing });
    service.start();
    await publish(0, 30);
    await caughtUp();
    await service.stop();
    expect(await world.query('SELECT id, status FROM accounts ORDER BY id')).toEqual([
      { id: EMA, status: 'REDUCING' },
      { id: LSTM, status: 'ACTIVE' },
      { id: MANUAL, status: 'ACTIVE' },
    ]);
    const letters = await world.query<{ topic: string; reason: string }>(
      "SELECT topic, payload ->> 'reason' AS reason FROM event_log WHERE topic LIKE '%.dlq' ORDER BY topic",
    );
    expect(letters).toEqual([
      { topic: 'market_data.dlq', reason: 'Error: this slice cannot be acted on' },
      { topic: 'trading_signals.dlq', reason: 'Error: this slice cannot be acted on' },
    ]);
    // The entry of minute 3 was there before; the one of minute 23 is denied.
    expect(
      await world.query(
        "SELECT denied_code FROM risk_decisions WHERE account_id = $1 AND side = 'BUY' ORDER BY decided_at",
        [EMA],
      ),
    ).toEqual([{ denied_code: null }, { denied_code: 'ACCOUNT_REDUCING' }]);
    expect(await checkInvariants(world.connectionString)).toEqual([]);
  });

  it('passes a failing slice over for good, though an earlier event of its partition is still waiting', async () => {
    const other = Array.from({ length: 100 }, (_, index) => `COIN${index}-USD`).find(
      (symbol) => partitionOf(symbol) === partitionOf(SYMBOL),
    )!;
    await world.addSymbol(other);
    const poisoned = script[1]!.bar.closeTime;
    const failing = withApply(world.store, async (apply, tx, change) => {
      if (change.after.asOf === poisoned) throw new Error('this slice cannot be acted on');
      return apply(tx, change);
    });
    // The other symbol's bars come first, so its next bar stands before the last one of the slice that fails.
    for (const [symbol, minute] of [
      [other, 0],
      [SYMBOL, 0],
      [other, 1],
      [other, 2],
      [SYMBOL, 1],
      [SYMBOL, 2],
    ] as const) {
      await world.minute({ ...script[minute]!.bar, symbol });
    }
    const service = world.service({ store: failing });
    service.start();
    try {
      await caughtUp();
    } finally {
      await service.stop();
    }
    expect(await world.query('SELECT DISTINCT as_of FROM accounts')).toEqual([
      { as_of: new Date(script[2]!.bar.closeTime) },
    ]);
    expect(await checkInvariants(world.connectionString)).toEqual([]);
  });

  it('asks for no second connection while it holds an account', async () => {
    const narrow = await TradingWorld.open({ poolSize: 1 });
    try {
      const service = narrow.service();
      service.start();
      await narrow.minute(script[0]!.bar);
      await eventually('caught up', () => narrow.isCaughtUp(), 5000);
      await service.stop();
      expect(narrow.metrics.value('tradegraph_trading_faults_total')).toBe(0);
    } finally {
      await narrow.close();
    }
  });

  it('sets an event aside that cannot be read', async () => {
    await world.log.unitOfWork.transaction(async (tx) => {
      tx.append({
        topic: 'market_data',
        type: 'bar',
        key: 'BTC-USD',
        eventId: '11111111-1111-5111-8111-111111111111',
        payload: { symbol: 'BTC-USD', revision: 0 } as never,
      });
    });
    const service = world.service();
    service.start();
    await publish(0, 3);
    await caughtUp();
    await service.stop();
    expect(await world.query("SELECT count(*)::int AS count FROM event_log WHERE topic = 'market_data.dlq'")).toEqual([
      { count: 3 },
    ]);
    expect(await world.query('SELECT count(*)::int AS count FROM portfolio_snapshots GROUP BY account_id')).toEqual(
      ofEach({ count: 4 }),
    );
  });

  it('opens nothing on an old signal when data is live', async () => {
    world.clock.isReplay = false;
    const service = world.service({ profile: NATIVE_PROFILE });
    await publish(0, 10);
    world.now += 60 * 60_000;
    service.start();
    await caughtUp();
    await service.stop();
    expect(await world.query('SELECT denied_code FROM risk_decisions')).toEqual([{ denied_code: 'SIGNAL_EXPIRED' }]);
    expect(await world.query('SELECT id FROM orders')).toEqual([]);
  });

  it('is told by the invariants when somebody tampers with the books', async () => {
    // Past the guards, as only a superuser can.
    await world.query(`SET session_replication_role = replica; UPDATE accounts SET cash = cash + 1 WHERE id = '${MANUAL}';
      SET session_replication_role = origin`);
    const violations = await checkInvariants(world.connectionString);
    expect(violations.some((text) => text.includes('ledger says'))).toBe(true);
    expect(violations.some((text) => text.startsWith('2 cash + cost basis'))).toBe(true);
  });
});
