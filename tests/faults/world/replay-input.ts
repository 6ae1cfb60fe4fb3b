import type { Pool } from 'pg';
import { bitcoinMinutes } from '../../../src/adapters/replay/recordings.js';
import { prepareEmptyDatabases } from './prepare-database.js';
import type { Input } from './input.js';
import { roleProgram } from './programs.js';

/** Of the recording's last day: enough is left before it to train on. */
const EARLIEST_START = Date.UTC(2016, 0, 1, 12);

/**
 * The program's own replay of the last `bars` recorded minutes, played by the role `ingestion`. It is held until the first model
 * is trained, so what begins last is `ml`.
 */
export async function replayInput(bars: number): Promise<Input> {
  const recorded = (await bitcoinMinutes()).bars;
  const first = recorded.at(-bars);
  if (first === undefined || first.timestamp < EARLIEST_START)
    throw new RangeError(`the recording has not ${bars} minutes after the first half of its first day`);
  const startsAt = first.timestamp;
  return {
    startsAt,
    prepare: prepareEmptyDatabases,
    environment: (seconds) => ({
      REPLAY_START: new Date(startsAt).toISOString(),
      REPLAY_SPEED: seconds === 0 ? 'max' : String(bars / seconds),
      REPLAY_HOLD_SECONDS: '600',
      ML_EPOCHS: '1',
      ML_SEED: '11',
    }),
    processes: (count) =>
      Array.from({ length: count }, (_, index) => ({
        name: `ingestion-${index + 1}`,
        args: () => roleProgram('ingestion'),
        startsLast: false,
      })),
    rolesThatStartLast: ['ml'],
    async fed(pool: Pool) {
      const { rows } = await pool.query<{ bars: number }>(
        `SELECT count(*)::int AS bars FROM market_data WHERE symbol = 'BTC-USD' AND timeframe = 'ONE_MINUTE' AND "timestamp" >= $1`,
        [new Date(first.timestamp).toISOString()],
      );
      return (rows[0]?.bars ?? 0) / bars;
    },
    faults: () => ({}),
  };
}
