import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateOrder } from '../../src/services/trading/create-order.js';
import { eventually } from '../support/eventually.js';
import { makeBar, START } from '../support/trading-engine.js';
import { makeCommand, MANUAL, TradingWorld } from '../support/trading-world.js';

describe('the guards of the books in the database', () => {
  let world: TradingWorld;
  /** An order that has filled, and one that waits. */
  let filled: string;
  let waiting: string;

  beforeAll(async () => {
    world = await TradingWorld.open();
    await world.minute(makeBar(0, { open: 400 }));
    const create = async (change: Parameters<typeof makeCommand>[0]) => {
      const result = await new CreateOrder(world.desk).execute(makeCommand(change));
      return result.ok ? result.value.orderId : '';
    };
    filled = await create({ quantity: '10' });
    waiting = await create({ quantity: '1', orderType: 'LIMIT', limitPrice: '300' });
    const service = world.service();
    service.start();
    await world.minute(makeBar(1, { open: 400 }));
    await eventually('the order filled', async () => (await world.query('SELECT FROM fills')).length === 1);
    await eventually('caught up', () => world.isCaughtUp());
    await service.stop();
  });
  afterAll(() => world.close());

  const fill = (change: object = {}) => ({
    id: randomUUID(),
    order_id: waiting,
    account_id: MANUAL,
    broker: 'paper',
    execution_id: randomUUID(),
    symbol: 'BTC-USD',
    side: 'BUY',
    quantity: '1',
    price: '300',
    timestamp: new Date(START + 600_000),
    bar_timestamp: new Date(START + 600_000),
    ...change,
  });
  /** Books a fill of the waiting order in one statement: its order, its ledger postings, itself. */
  const book = (row: ReturnType<typeof fill>) =>
    world.query(
      `WITH o AS (UPDATE orders SET status = 'FILLED', filled_quantity = 1, filled_value = 300, reserved_cash = 0, version = version + 1
                  WHERE id = $2),
         f AS (INSERT INTO fills (id, order_id, account_id, broker, execution_id, symbol, side, quantity, price, "timestamp", bar_timestamp)
               SELECT id, order_id, account_id, broker, execution_id, symbol, side, quantity, price, "timestamp", bar_timestamp
               FROM jsonb_populate_record(NULL::fills, $1::jsonb)),
         l AS (INSERT INTO ledger_entries (transaction_id, account_id, ledger, symbol, currency, amount, fill_id, "timestamp")
               SELECT $3, $4, ledger, 'BTC-USD', 'USD', amount, ($1::jsonb ->> 'id')::uuid, now()
               FROM (VALUES ('CASH', -300), ('COST_BASIS', 300)) AS p (ledger, amount)),
         p AS (UPDATE positions SET quantity = quantity + 1, cost_basis = cost_basis + 300)
       UPDATE accounts SET cash = cash - 300 WHERE id = $4`,
      [JSON.stringify(row), waiting, randomUUID(), MANUAL],
    );

  it.each([
    ['cash without a posting', 'UPDATE accounts SET cash = cash + 1', /its ledger says/],
    ['fees without a posting', 'UPDATE accounts SET fees = fees + 1', /its ledger says/],
    ['deposits without a posting', 'UPDATE accounts SET net_deposits = net_deposits + 1', /its ledger says/],
    ['a position without a fill', 'UPDATE positions SET quantity = quantity + 1', /its fills say/],
    ['a cost basis without a posting', 'UPDATE positions SET cost_basis = cost_basis - 1', /its ledger says/],
    ['a profit without a posting', 'UPDATE positions SET realized_pnl = realized_pnl + 1', /its ledger says/],
    ['a position that goes', 'DELETE FROM positions', /cannot be deleted/],
    ['an order that goes', 'DELETE FROM orders', /cannot be deleted/],
    ['a fill that changes', 'UPDATE fills SET price = 1', /append-only/],
    ['a posting that goes', 'DELETE FROM ledger_entries', /append-only/],
    [
      'an order filled without a fill',
      "UPDATE orders SET filled_quantity = 0.5, filled_value = 150, version = version + 1 WHERE status = 'ACCEPTED'",
      /its fills say/,
    ],
    [
      'an ended order that opens again',
      "UPDATE orders SET status = 'ACCEPTED', version = version + 1 WHERE status = 'FILLED'",
      /cannot change/,
    ],
    [
      'money that wanders between accounts',
      `INSERT INTO ledger_entries (transaction_id, account_id, ledger, currency, amount, "timestamp")
       SELECT '11111111-1111-4111-8111-111111111111', id, ledger, 'USD', amount, now()
       FROM (VALUES ('replay-manual', 'CASH', 100), ('replay-lstm', 'DEPOSITS', -100)) AS p (id, ledger, amount)`,
      /does not sum to 0/,
    ],
  ])('refuse %s', async (_what, sql, reason) => {
    await expect(world.query(sql)).rejects.toThrow(reason);
  });

  it('refuse a fill of another account, symbol or side than its order, or before its decision', async () => {
    await expect(book(fill({ account_id: 'replay-lstm' }))).rejects.toThrow(/is not of its order|its fills say/);
    await expect(book(fill({ side: 'SELL' }))).rejects.toThrow(/is not of its order|its fills say/);
    await expect(book(fill({ timestamp: new Date(START) }))).rejects.toThrow(/is not of its order/);
  });

  it('refuse to book a fill beyond its order, and take a right one once', async () => {
    await expect(book(fill({ order_id: filled }))).rejects.toThrow(/its fills say/);
    const right = fill();
    await book(right);
    await expect(book({ ...right, id: randomUUID() })).rejects.toThrow(/cannot change|duplicate key/);
    expect(await world.query('SELECT quantity FROM positions')).toEqual([{ quantity: '11' }]);
  });
});
