import type { Pool, PoolClient } from 'pg';
import { naturalId } from '../../src/domain/event-id.js';
import { MINUTE_MS, SOME_MINUTE } from './bars.js';

/** Rows of one account whose entry came of a signal, all the way back to the bars, and a second account by hand. */
export const ids = {
  model: naturalId('test', 'model'),
  prediction: naturalId('test', 'prediction'),
  signal: naturalId('test', 'signal'),
  hold: naturalId('test', 'hold'),
  decision: naturalId('test', 'decision'),
  order: naturalId('test', 'order'),
  openOrder: naturalId('test', 'open-order'),
  fill: naturalId('test', 'fill'),
  anomaly: naturalId('test', 'anomaly'),
};

const at = (minutes: number): string => new Date(SOME_MINUTE + minutes * MINUTE_MS).toISOString();

/** A statement a table, `rows` as objects of column and value. */
async function insert(client: PoolClient, table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  for (const row of rows) {
    const columns = Object.keys(row);
    const places = columns.map((_, index) => `$${index + 1}`).join(', ');
    const quoted = columns.map((column) => `"${column}"`).join(', ');
    await client.query(`INSERT INTO ${table} (${quoted}) VALUES (${places})`, Object.values(row));
  }
}

/** Triggers are off: these rows are what a reader meets, and how they came about is booked and tested elsewhere. */
export async function insertTradingRows(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN; SET LOCAL session_replication_role = replica');
    await insertAll(client);
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function insertAll(client: PoolClient): Promise<void> {
  const series = { symbol: 'BTC-USD', timeframe: 'ONE_MINUTE' };
  await insert(client, 'instruments', [
    {
      symbol: 'AAPL',
      name: 'Apple',
      asset_class: 'EQUITY',
      currency: 'USD',
      tick_size: '0.000001',
      lot_size: '1',
      calendar: 'us-equity',
      data_source: 'replay',
    },
    {
      symbol: 'BTC-USD',
      name: 'Bitcoin',
      asset_class: 'CRYPTO',
      currency: 'USD',
      tick_size: '0.01',
      lot_size: '0.00000001',
      calendar: 'crypto',
      data_source: 'replay',
    },
  ]);
  await insert(client, 'tracked_symbols', [series]);
  await insert(client, 'models', [
    {
      id: ids.model,
      kind: 'LSTM',
      ...series,
      version: 1,
      status: 'READY',
      backend: 'tfjs-wasm',
      trained_from: at(-1000),
      trained_to: at(-1),
      skill: 0.01,
      skill_standard_error: 0.002,
      directional_accuracy: 0.51,
      held_out_count: 500,
      seed: 1,
      training_seconds: 19.5,
      artifact: Buffer.from('m'),
    },
  ]);
  await insert(client, 'predictions', [
    {
      id: ids.prediction,
      model_id: ids.model,
      ...series,
      timestamp: at(1),
      bar_timestamp: at(0),
      current_price: 105,
      predicted_price: 107.1,
      expected_change: 2,
      input_from: at(-29),
      input_to: at(0),
    },
  ]);
  const signal = { ...series, confidence: 0.7, current_price: 105, settings: JSON.stringify({ thresholdBps: 30 }) };
  await insert(client, 'trading_signals', [
    {
      id: ids.signal,
      ...signal,
      source: 'lstm',
      timestamp: at(1),
      bar_timestamp: at(0),
      action: 'BUY',
      reason: 'PREDICTED_RISE',
      predicted_price: 107.1,
      stop_loss: 103,
      take_profit: 109,
      stop_distance: 2,
      take_profit_distance: 4,
      prediction_id: ids.prediction,
      model_id: ids.model,
    },
    {
      id: ids.hold,
      ...signal,
      source: 'ema-cross',
      timestamp: at(2),
      bar_timestamp: at(1),
      action: 'HOLD',
      reason: 'NO_CROSS',
    },
  ]);
  await insert(client, 'anomalies', [
    {
      id: ids.anomaly,
      model_id: ids.model,
      ...series,
      timestamp: at(1),
      bar_timestamp: at(0),
      anomaly_score: -0.12,
      raw_score: -0.62,
      anomaly_type: 'PRICE_SPIKE',
      severity: 'HIGH',
      description: 'the price rose by 5 %',
    },
  ]);
  await insert(client, 'data_quality_issues', [
    { ...series, code: 'HIGH_BELOW_LOW', count: 3, last_message: 'high: 1 is below low 2', last_bar_timestamp: at(0) },
    { ...series, code: 'MALFORMED', count: 1, last_message: 'not a row', last_bar_timestamp: null },
  ]);
  const account = {
    data_source: 'replay',
    broker: 'paper',
    currency: 'USD',
    starting_cash: '100000',
    net_deposits: '100000',
    market_collar: '0.05',
    as_of: at(3),
  };
  await insert(client, 'accounts', [
    { id: 'replay-lstm', name: 'lstm', ...account, signal_source: 'lstm', cash: '89973.75', fees: '26.25' },
    {
      id: 'replay-manual',
      name: 'manual',
      ...account,
      is_default: true,
      cash: '100000',
      as_of: at(-60),
      created_at: at(-60),
    },
  ]);
  await insert(client, 'risk_decisions', [
    {
      id: ids.decision,
      account_id: 'replay-lstm',
      symbol: 'BTC-USD',
      side: 'BUY',
      quantity: '100',
      cause: 'ENTRY',
      approved: true,
      checks: JSON.stringify([
        { code: 'INSUFFICIENT_FUNDS', passed: true, limit: '100000.00', value: '11051.25', headroom: '100000.00' },
        { code: 'ACCOUNT_HALTED', passed: true, limit: null, value: 'ACTIVE', headroom: null },
      ]),
      signal_id: ids.signal,
      decided_at: at(1),
    },
  ]);
  const order = {
    account_id: 'replay-lstm',
    symbol: 'BTC-USD',
    order_type: 'MARKET',
    time_in_force: 'GTC',
    created_at: at(1),
    decided_at: at(1),
  };
  await insert(client, 'orders', [
    {
      id: ids.order,
      ...order,
      client_order_id: 'entry-1',
      side: 'BUY',
      cause: 'ENTRY',
      quantity: '100',
      stop_distance: '2',
      take_profit_distance: '4',
      protection_mode: 'RESTING',
      status: 'FILLED',
      filled_quantity: '100',
      filled_value: '10000',
      risk_decision_id: ids.decision,
      signal_id: ids.signal,
      filled_at: at(2),
      ended_at: at(2),
      version: 3,
    },
    {
      id: ids.openOrder,
      ...order,
      client_order_id: 'stop-1',
      side: 'SELL',
      order_type: 'STOP',
      stop_price: '98',
      cause: 'STOP_LOSS',
      parent_order_id: ids.order,
      quantity: '100',
      status: 'ACCEPTED',
      decided_at: at(2),
      version: 2,
    },
  ]);
  await insert(client, 'fills', [
    {
      id: ids.fill,
      order_id: ids.order,
      account_id: 'replay-lstm',
      broker: 'paper',
      execution_id: 'x-1',
      symbol: 'BTC-USD',
      side: 'BUY',
      quantity: '100',
      price: '100',
      fee: '26.25',
      assumptions: JSON.stringify({ slippageBps: '1' }),
      timestamp: at(1),
      bar_timestamp: at(1),
    },
  ]);
  await insert(client, 'positions', [
    {
      id: naturalId('test', 'position'),
      account_id: 'replay-lstm',
      symbol: 'BTC-USD',
      quantity: '100',
      cost_basis: '10000',
      current_price: '105.00',
      market_value: '10500.00',
      last_updated: at(3),
    },
  ]);
  const snapshot = { account_id: 'replay-lstm', realized_pnl: '0', fees: '26.25', cash: '89973.75' };
  await insert(client, 'portfolio_snapshots', [
    {
      ...snapshot,
      timestamp: at(2),
      total_value: '100173.75',
      positions_value: '10200.00',
      unrealized_pnl: '200',
      total_pnl: '173.75',
    },
    {
      ...snapshot,
      timestamp: at(3),
      total_value: '100473.75',
      positions_value: '10500.00',
      unrealized_pnl: '500',
      total_pnl: '473.75',
    },
  ]);
}
