import type { Pool } from 'pg';
import type { Deployment } from '../../domain/deployment.js';
import type { OrderCause, OrderSide, OrderType } from '../../domain/order.js';
import type { TracedEquity, TracedFill, TracedOrder } from '../../domain/run-trace.js';
import { STILL_OPEN } from '../../engines/research/deployment-trace.js';
import type { DeploymentRecord, DeploymentRecords } from '../../ports/parity.js';

interface OrderRow {
  readonly time: Date;
  readonly symbol: string;
  readonly cause: OrderCause;
  readonly side: OrderSide;
  readonly type: OrderType | null;
  readonly quantity: string;
  readonly limit_price: string | null;
  readonly stop_price: string | null;
  readonly outcome: string;
}

interface FillRow {
  readonly time: Date;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly quantity: string;
  readonly price: string;
  readonly commission: string;
}

const numberOrNull = (text: string | null): number | null => (text === null ? null : Number(text));

/** Orders of the account, and what risk denied it. $4: how an open one is called. */
const ORDERS = `
  SELECT decided_at AS time, symbol, cause, side, order_type AS type, quantity, limit_price, stop_price,
         CASE WHEN ended_at IS NULL OR ended_at > $3 THEN $4
              ELSE status || COALESCE(' ' || end_reason, '') END AS outcome
  FROM orders WHERE account_id = $1 AND decided_at > $2 AND decided_at <= $3
  UNION ALL
  SELECT decided_at, symbol, cause, side, NULL, quantity, NULL, NULL, 'DENIED ' || denied_code
  FROM risk_decisions WHERE account_id = $1 AND decided_at > $2 AND decided_at <= $3 AND NOT approved
  ORDER BY time`;

/** What deployments did, out of the books. */
export class PgDeploymentRecords implements DeploymentRecords {
  constructor(private readonly pool: Pool) {}

  async recordOf({ accountId, source, tradeAfter }: Deployment): Promise<DeploymentRecord> {
    const from = new Date(tradeAfter).toISOString();
    const { rows } = await this.pool.query<{
      until: Date | null;
      starting_cash: string;
      fills_before: number;
      orders_by_hand: number;
    }>(
      `SELECT (SELECT max("timestamp") FROM trading_signals WHERE source = $2) AS until, starting_cash,
         (SELECT count(*)::int FROM fills WHERE account_id = $1 AND "timestamp" < $3) AS fills_before,
         (SELECT count(*)::int FROM orders WHERE account_id = $1 AND decided_at > $3 AND cause IN ('MANUAL', 'FLATTEN'))
           AS orders_by_hand
       FROM accounts WHERE id = $1`,
      [accountId, source, from],
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`account ${accountId} of a deployment is there`);
    const until = row.until?.getTime() ?? null;
    return {
      until,
      startingCash: Number(row.starting_cash),
      fillsBefore: row.fills_before,
      ordersByHand: row.orders_by_hand,
      trace: {
        label: 'the account',
        orders: until === null ? [] : await this.orders(accountId, tradeAfter, until),
        fills: until === null ? [] : await this.fills(accountId, tradeAfter, until),
        equity: until === null ? [] : await this.equity(accountId, tradeAfter, until),
      },
    };
  }

  private async orders(accountId: string, from: number, until: number): Promise<readonly TracedOrder[]> {
    const { rows } = await this.pool.query<OrderRow>(ORDERS, [accountId, iso(from), iso(until), STILL_OPEN]);
    return rows.map((row) => ({
      time: row.time.getTime(),
      symbol: row.symbol,
      cause: row.cause,
      side: row.side,
      type: row.type,
      quantity: Number(row.quantity),
      limitPrice: numberOrNull(row.limit_price),
      stopPrice: numberOrNull(row.stop_price),
      outcome: row.outcome,
    }));
  }

  private async fills(accountId: string, from: number, until: number): Promise<readonly TracedFill[]> {
    const { rows } = await this.pool.query<FillRow>(
      `SELECT "timestamp" AS time, symbol, side, quantity, price, fee AS commission FROM fills
       WHERE account_id = $1 AND bar_timestamp >= $2 AND "timestamp" <= $3 ORDER BY seq`,
      [accountId, iso(from), iso(until)],
    );
    return rows.map((row) => ({
      time: row.time.getTime(),
      symbol: row.symbol,
      side: row.side,
      quantity: Number(row.quantity),
      price: Number(row.price),
      commission: Number(row.commission),
    }));
  }

  private async equity(accountId: string, from: number, until: number): Promise<readonly TracedEquity[]> {
    const { rows } = await this.pool.query<{ time: Date; value: string }>(
      `SELECT "timestamp" AS time, total_value AS value FROM portfolio_snapshots
       WHERE account_id = $1 AND "timestamp" > $2 AND "timestamp" <= $3 ORDER BY "timestamp"`,
      [accountId, iso(from), iso(until)],
    );
    return rows.map(({ time, value }) => ({ time: time.getTime(), value: Number(value) }));
  }
}

const iso = (time: number): string => new Date(time).toISOString();
