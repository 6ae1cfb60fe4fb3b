import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { anomalyEvent, SYMBOL_OF_PARTITION } from '../support/anomaly-events.js';
import { openEventLogProcess, type EventLogProcess } from '../support/event-log-process.js';
import { eventually } from '../support/eventually.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';

const PART = 3;
const SYMBOL = SYMBOL_OF_PARTITION[PART] ?? '';

const append = ({ unitOfWork }: EventLogProcess, ...numbers: number[]): Promise<void> =>
  unitOfWork.transaction(async (tx) => {
    for (const number of numbers) tx.append(anomalyEvent(SYMBOL, number));
  });

const read = ({ eventBus }: EventLogProcess, from: number, limit: number) =>
  eventBus.read('anomalies', PART, from, limit);

async function descriptions(process: EventLogProcess, from: number, limit: number): Promise<string[]> {
  return (await read(process, from, limit)).map(({ payload }) => payload.description);
}

/** As after a change of servers whose second one had not got the last commits. */
async function loseTheLog({ pool }: EventLogProcess): Promise<void> {
  await pool.query('DELETE FROM event_log; UPDATE log_partition SET next_off = 0');
}

describe('what a process has appended last', () => {
  let database: TestDatabase;
  const processes: EventLogProcess[] = [];

  beforeAll(async () => {
    database = await startTestDatabase();
  });
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((process) => process.close()));
  });
  afterAll(() => database.drop());

  async function openProcess(): Promise<EventLogProcess> {
    const process = await openEventLogProcess(database.connectionString);
    processes.push(process);
    return process;
  }

  it('is told as the log tells it, to the last field', async () => {
    const [here, elsewhere] = [await openProcess(), await openProcess()];
    expect(await read(here, 0, 1)).toEqual([]);
    await append(here, 1);
    await append(here, 2, 3);
    const stored = await read(elsewhere, 0, 3);
    expect(stored).toHaveLength(3);

    await loseTheLog(elsewhere);
    const remembered = await read(here, 0, 3);
    expect(remembered).toEqual(stored);
  });

  it('is forgotten when the server breaks its connections: the next one may not have it', async () => {
    const [here, elsewhere] = [await openProcess(), await openProcess()];
    expect(await read(here, 0, 1)).toEqual([]);
    await append(here, 11);
    await loseTheLog(elsewhere);
    expect(await descriptions(here, 0, 1)).toEqual(['11']);

    await append(elsewhere, 12);
    await elsewhere.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'tradegraph-wake-up'",
    );
    await eventually('what is in the log is read', async () => (await descriptions(here, 0, 1))[0] === '12');
  });
});
