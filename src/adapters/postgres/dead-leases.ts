import type { Pool } from 'pg';

/**
 * Ends all leases on partitions, accounts and the replay. Only for a process that has proven to be alone on the database: whoever held
 * them is dead, and nobody need wait for them to run out. Epochs stay: they grow at the next claim, and fence as ever.
 */
export async function endDeadLeases(pool: Pool): Promise<void> {
  await pool.query('UPDATE consumer_offsets SET lease_until = now() WHERE lease_until > now()');
  // A member that still counts would be left half of the partitions.
  await pool.query('DELETE FROM consumer_members');
  await pool.query('UPDATE accounts SET lease_until = now() WHERE lease_until > now()');
  await pool.query('DELETE FROM replay_turn');
}
