import { Client } from 'pg';

/**
 * What a replay leaves behind, as rows of text in a set order. Left out: wall times, how long a training took, who holds
 * a lease, numbers out of a sequence (they have gaps after a crash), and the order of events of different keys that share
 * a partition; all else is the same to the last digit in every run.
 */
const PARTS: Readonly<Record<string, string>> = {
  bars: `SELECT to_jsonb(t) - 'created_at' AS line FROM market_data t ORDER BY symbol, timeframe, "timestamp"`,
  models: `SELECT to_jsonb(t) - 'created_at' - 'training_seconds' - 'artifact' || jsonb_build_object('artifact', md5(artifact)) AS line
           FROM models t ORDER BY id`,
  activations: `SELECT to_jsonb(t) - 'created_at' AS line FROM model_activations t ORDER BY part, off`,
  predictions: `SELECT to_jsonb(t) - 'created_at' AS line FROM predictions t ORDER BY id`,
  signals: `SELECT to_jsonb(t) - 'created_at' AS line FROM trading_signals t ORDER BY id`,
  anomalies: `SELECT to_jsonb(t) - 'created_at' AS line FROM anomalies t ORDER BY id`,
  accounts: `SELECT to_jsonb(t) - '{created_at,owner,epoch,lease_until}'::text[] AS line FROM accounts t ORDER BY id`,
  decisions: `SELECT to_jsonb(t) - 'created_at' AS line FROM risk_decisions t ORDER BY id`,
  orders: `SELECT to_jsonb(t) AS line FROM orders t ORDER BY id`,
  fills: `SELECT to_jsonb(t) - '{seq,created_at}'::text[] AS line FROM fills t ORDER BY id`,
  actions: `SELECT to_jsonb(t) - '{seq,after_fill,created_at}'::text[] AS line FROM account_actions t ORDER BY id`,
  positions: `SELECT to_jsonb(t) AS line FROM positions t ORDER BY id`,
  ledger: `SELECT to_jsonb(t) - '{id,created_at}'::text[] AS line FROM ledger_entries t ORDER BY transaction_id, ledger`,
  snapshots: `SELECT to_jsonb(t) - 'created_at' AS line FROM portfolio_snapshots t ORDER BY account_id, "timestamp"`,
  events: `SELECT to_jsonb(t) - '{created_at,off}'::text[] AS line FROM event_log t ORDER BY topic, part, key, off`,
};

/** Each part's rows and their digest: where two runs differ, the part that differs is named. */
export async function stateDigest(connectionString: string): Promise<Record<string, string>> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    // Times are shown in the session's zone.
    await client.query("SET TimeZone = 'UTC'");
    const digests: Record<string, string> = {};
    for (const [part, sql] of Object.entries(PARTS)) {
      const { rows } = await client.query<{ digest: string }>(
        `SELECT count(*) || ' rows, ' || md5(COALESCE(string_agg(line::text, E'\\n' ORDER BY place), '')) AS digest
         FROM (SELECT line, row_number() OVER () AS place FROM (${sql}) ordered) numbered`,
      );
      digests[part] = rows[0]?.digest ?? '';
    }
    return digests;
  } finally {
    await client.end();
  }
}
