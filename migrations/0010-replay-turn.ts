import { Migration } from '@mikro-orm/migrations';

/** Whose turn it is to play the replay: one process of those that ingest. */
export class ReplayTurn extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE replay_turn (
        id boolean PRIMARY KEY DEFAULT true CHECK (id),
        owner text,
        -- By the database's clock. What is stored twice by an owner that overslept its lease is a repeat, and changes nothing.
        lease_until timestamptz NOT NULL,
        -- False while it waits for its first model.
        is_running boolean NOT NULL
      );
    `);
  }
}
