import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelOrder } from '../../src/services/trading/cancel-order.js';
import { CreateOrder } from '../../src/services/trading/create-order.js';
import { FlattenAccount } from '../../src/services/trading/flatten-account.js';
import { PreviewOrder } from '../../src/services/trading/preview-order.js';
import { SetAccountStatus } from '../../src/services/trading/set-account-status.js';
import { eventually } from '../support/eventually.js';
import { checkInvariants } from '../support/invariants.js';
import { makeBar } from '../support/trading-engine.js';
import { makeCommand, MANUAL, TradingWorld } from '../support/trading-world.js';

describe('orders by hand', () => {
  let world: TradingWorld;
  let createOrder: CreateOrder;

  beforeAll(async () => {
    world = await TradingWorld.open();
    createOrder = new CreateOrder(world.desk);
    await world.minute(makeBar(0, { open: 400 }));
  });
  afterAll(() => world.close());

  const orders = () => world.query<{ id: string }>('SELECT id FROM orders');
  const refused = async (change: Parameters<typeof makeCommand>[0]) => {
    const result = await createOrder.execute(makeCommand(change));
    return result.ok ? null : result.error;
  };
  const decisions = () => world.query('SELECT id FROM risk_decisions');

  it('opens each account once, with its deposit in the ledger', async () => {
    expect(await world.openAccounts()).toEqual([]);
    const rows = await world.query('SELECT account_id, ledger, amount FROM ledger_entries ORDER BY account_id, ledger');
    expect(rows).toHaveLength(6);
    expect(rows.slice(0, 2)).toEqual([
      { account_id: 'replay-ema-cross', ledger: 'CASH', amount: '100000.00' },
      { account_id: 'replay-ema-cross', ledger: 'DEPOSITS', amount: '-100000.00' },
    ]);
    expect(
      await world.query('SELECT total_value, total_pnl FROM portfolio_snapshots WHERE account_id = $1', [MANUAL]),
    ).toEqual([{ total_value: '100000.00', total_pnl: '0.00' }]);
  });

  it('refuses what cannot be read, naming field and limit, and books nothing', async () => {
    const before = { orders: await orders(), decisions: await decisions() };
    for (const quantity of ['NaN', '1e308', '-1', '0', '0.000000001', '1'.repeat(300)]) {
      expect(await refused({ quantity })).toMatchObject({ code: 'INVALID_QUANTITY', path: ['input', 'quantity'] });
    }
    expect(await refused({ quantity: '0.000000001' })).toMatchObject({ limit: '0.00000001' });
    expect(await refused({ orderType: 'LIMIT', limitPrice: '400.001' })).toMatchObject({
      code: 'INVALID_PRICE',
      limit: '0.01',
    });
    expect(await refused({ orderType: 'LIMIT' })).toMatchObject({
      code: 'INVALID_PRICE',
      path: ['input', 'limitPrice'],
    });
    expect(await refused({ limitPrice: '1' })).toMatchObject({ code: 'INVALID_PRICE' });
    expect(await refused({ stopLoss: '-3' })).toMatchObject({
      code: 'INVALID_PROTECTION',
      path: ['input', 'stopLoss'],
    });
    expect(await refused({ clientOrderId: '@entry-1' })).toMatchObject({ code: 'INVALID_CLIENT_ORDER_ID', limit: 64 });
    expect(await refused({ symbol: 'NOPE' })).toMatchObject({ code: 'UNKNOWN_SYMBOL' });
    expect(await refused({ accountId: 'nobody' })).toMatchObject({ code: 'UNKNOWN_ACCOUNT' });
    expect({ orders: await orders(), decisions: await decisions() }).toEqual(before);
  });

  it('stores a denial as a risk decision with all its checks, and nothing else', async () => {
    const before = await orders();
    const result = await createOrder.execute(makeCommand({ quantity: '1000' }));
    expect(result).toMatchObject({
      ok: false,
      error: {
        code: 'INSUFFICIENT_FUNDS',
        path: ['input', 'quantity'],
        limit: '100000.00',
        value: '421050.00',
        headroom: '100000.00',
      },
    });
    expect(await createOrder.execute(makeCommand({ side: 'SELL', quantity: '1' }))).toMatchObject({
      ok: false,
      error: { code: 'INSUFFICIENT_POSITION', path: ['input', 'quantity'], limit: '0', value: '1' },
    });
    expect(await orders()).toEqual(before);
    const [row] = await world.query<{ denied_code: string; checks: object[] }>(
      "SELECT denied_code, checks FROM risk_decisions WHERE side = 'BUY' ORDER BY created_at DESC LIMIT 1",
    );
    expect(row?.denied_code).toBe('INSUFFICIENT_FUNDS');
    expect(row?.checks.length).toBeGreaterThan(8);
  });

  it('answers the first order for the same client order id and input, and refuses another input', async () => {
    const command = makeCommand({ clientOrderId: 'once', quantity: '1', orderType: 'LIMIT', limitPrice: '300' });
    const [first, again] = await Promise.all([
      createOrder.execute(command),
      createOrder.execute({ ...command, quantity: '1.0' }),
    ]);
    expect(first.ok && again.ok && first.value.orderId === again.value.orderId).toBe(true);
    expect(await createOrder.execute({ ...command, quantity: '2' })).toMatchObject({
      ok: false,
      error: { code: 'CLIENT_ORDER_ID_REUSED', value: 'once' },
    });
    expect(await world.query("SELECT count(*)::int AS count FROM event_log WHERE topic = 'orders'")).toEqual([
      { count: 1 },
    ]);
  });

  it('cannot spend the same cash in two orders at once', async () => {
    // Each reserves 18,900 and 47.25 of fee; max position is 20,000 a symbol, so the limit prices lie apart.
    const preview = await new PreviewOrder(world.desk).execute(makeCommand({ quantity: '45' }));
    expect(preview).toMatchObject({ ok: true, value: { approved: true, reservedCash: '18947.25' } });
    const results = await Promise.all(
      Array.from({ length: 8 }, () => createOrder.execute(makeCommand({ quantity: '45' }))),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(await checkInvariants(world.connectionString)).toEqual([]);
    for (const { id } of await orders()) await new CancelOrder(world.desk).execute(id);
    const free = await world.query('SELECT sum(reserved_cash)::text AS reserved FROM orders');
    expect(free).toEqual([{ reserved: '0' }]);
  });

  it('has the database refuse what the engine would have let pass', async () => {
    const generous = {
      ...world.desk.profile,
      limits: { ...world.desk.profile.limits, collarFraction: 0, maxPositionFraction: 2 },
    };
    // Without a collar the engine reserves 400.00 each; the account's own collar in the database asks for 420.00.
    const result = await new CreateOrder({ ...world.desk, profile: generous }).execute(
      makeCommand({ quantity: '245' }),
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'INSUFFICIENT_FUNDS' } });
    expect(await world.query("SELECT id FROM orders WHERE status = 'PENDING'")).toEqual([]);
    expect(
      await world.query("SELECT denied_code FROM risk_decisions WHERE checks::text LIKE '%check_available_funds%'"),
    ).toHaveLength(1);
  });

  it('cancels once, and never what has ended', async () => {
    const created = await createOrder.execute(makeCommand({ quantity: '1', orderType: 'LIMIT', limitPrice: '300' }));
    const orderId = created.ok ? created.value.orderId : '';
    const cancel = new CancelOrder(world.desk);
    expect(await cancel.execute(orderId)).toEqual({ ok: true, value: { orderId } });
    expect(await cancel.execute(orderId)).toMatchObject({
      ok: false,
      error: { code: 'ORDER_NOT_OPEN', value: 'CANCELED' },
    });
    expect(await cancel.execute('00000000-0000-5000-8000-000000000000')).toMatchObject({
      ok: false,
      error: { code: 'UNKNOWN_ORDER' },
    });
    await expect(
      world.query("UPDATE orders SET status = 'ACCEPTED', version = version + 1 WHERE id = $1", [orderId]),
    ).rejects.toThrow(/is CANCELED and cannot change/);
  });

  it('accepts, fills, protects, halts and flattens', async () => {
    const service = world.service();
    service.start();
    try {
      await createOrder.execute(
        makeCommand({ quantity: '10', stopLoss: '390', takeProfit: '420', clientOrderId: 'protected' }),
      );
      await eventually(
        'accepted',
        async () =>
          (await world.query("SELECT FROM orders WHERE client_order_id = 'protected' AND status = 'ACCEPTED'"))
            .length === 1,
      );
      await world.minute(makeBar(1, { open: 401, volume: 1_000_000 }));
      await eventually(
        'filled',
        async () =>
          (await world.query("SELECT FROM orders WHERE client_order_id = 'protected' AND status = 'FILLED'")).length ===
          1,
      );
      const waiting = await createOrder.execute(makeCommand({ quantity: '1', orderType: 'LIMIT', limitPrice: '300' }));
      await new SetAccountStatus(world.desk).execute(MANUAL, 'HALTED');
      expect(await createOrder.execute(makeCommand())).toMatchObject({ ok: false, error: { code: 'ACCOUNT_HALTED' } });
      const id = waiting.ok ? waiting.value.orderId : '';
      expect(await world.query('SELECT status, end_reason FROM orders WHERE id = $1', [id])).toEqual([
        { status: 'CANCELED', end_reason: 'ACCOUNT_HALTED' },
      ]);
      const open = await world.query(
        "SELECT cause, quantity, stop_price, limit_price FROM orders WHERE status = 'ACCEPTED' ORDER BY cause",
      );
      expect(open).toEqual([
        { cause: 'STOP_LOSS', quantity: '10', stop_price: '391.09', limit_price: null },
        { cause: 'TAKE_PROFIT', quantity: '10', stop_price: null, limit_price: '421.09' },
      ]);
      const flattened = await new FlattenAccount(world.desk).execute(MANUAL);
      expect(flattened).toMatchObject({ ok: true, value: { orderIds: [expect.any(String)] } });
      await world.minute(makeBar(2, { open: 402 }));
      await eventually(
        'flat',
        async () =>
          (await world.query('SELECT FROM positions WHERE account_id = $1 AND quantity = 0', [MANUAL])).length === 1,
      );
      await eventually('caught up', () => world.isCaughtUp());
    } finally {
      await service.stop();
    }
    expect(
      await world.query("SELECT id FROM orders WHERE status IN ('ACCEPTED', 'PENDING', 'PARTIALLY_FILLED')"),
    ).toEqual([]);
    expect(await checkInvariants(world.connectionString)).toEqual([]);
  });
});
