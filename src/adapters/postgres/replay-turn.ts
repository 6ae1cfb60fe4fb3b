import type { Pool } from 'pg';

/** Whose turn it is to play the replay, as a row with a lease: of all processes that ingest, one plays. */
export class PgReplayTurn {
  constructor(
    private readonly pool: Pool,
    /** Unique to the process. */
    private readonly owner: string,
  ) {}

  /** Takes the turn when it is free or its lease is over, or renews it; says whether the replay runs. False: another has it. */
  async claim(isRunning: boolean, leaseMs: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `INSERT INTO replay_turn AS turn (owner, lease_until, is_running)
       VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond', $3)
       ON CONFLICT (id) DO UPDATE
       SET owner = excluded.owner, lease_until = excluded.lease_until, is_running = excluded.is_running
       WHERE turn.owner = $1 OR turn.owner IS NULL OR turn.lease_until < clock_timestamp()`,
      [this.owner, leaseMs, isRunning],
    );
    return rowCount === 1;
  }

  /** True while somebody plays, and does not hold the replay. */
  async isRunning(): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'SELECT FROM replay_turn WHERE is_running AND owner IS NOT NULL AND lease_until > clock_timestamp()',
    );
    return rowCount === 1;
  }

  /** Gives the turn back, where this process has it. */
  async release(): Promise<void> {
    await this.pool.query('UPDATE replay_turn SET owner = NULL, is_running = false WHERE owner = $1', [this.owner]);
  }
}
