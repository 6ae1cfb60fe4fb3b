import type { Pool } from 'pg';
import type { Timeframe } from '../../domain/timeframe.js';
import type { OrderOrigin, OrderOrigins } from '../../ports/tracing.js';

interface OriginRow {
  readonly id: string;
  readonly root: string;
  readonly symbol: string | null;
  readonly timeframe: Timeframe;
  readonly close_time: Date;
}

/** Follows the provenance that orders are stored with: protective order, entry, signal, bar. */
export class PgOrderOrigins implements OrderOrigins {
  constructor(private readonly pool: Pool) {}

  async of(orderIds: readonly string[]): Promise<ReadonlyMap<string, OrderOrigin>> {
    if (orderIds.length === 0) return new Map();
    const { rows } = await this.pool.query<OriginRow>(
      `SELECT o.id, COALESCE(o.parent_order_id, o.id) AS root, s.symbol, s.timeframe, s."timestamp" AS close_time
       FROM orders o LEFT JOIN orders e ON e.id = o.parent_order_id
       LEFT JOIN trading_signals s ON s.id = COALESCE(o.signal_id, e.signal_id)
       WHERE o.id = ANY ($1::uuid[])`,
      [orderIds],
    );
    return new Map(
      rows.map(({ id, root, symbol, timeframe, close_time }) => [
        id,
        {
          rootOrderId: root,
          bar: symbol === null ? null : { symbol, timeframe, closeTime: close_time.getTime() },
        },
      ]),
    );
  }
}
