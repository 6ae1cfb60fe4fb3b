import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectApi } from '../support/api-client.js';
import { eventually, runCommand, startProgram, temporaryHome, type Home, type Program } from '../support/program.js';

/** So early that there is too little history to train on: a model, and waiting for it, is no part of this. */
const EARLY = { REPLAY_START: '2016-01-01T02:00:00Z', REPLAY_HOLD_SECONDS: '0' };

let home: Home;
let environment: Record<string, string>;

beforeAll(async () => {
  home = await temporaryHome();
  environment = { ...EARLY, TRADEGRAPH_HOME: home.path };
});

afterAll(() => home.remove());

async function select(sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: await home.database() });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const replayedBars = async (): Promise<number> =>
  Number(
    (await select(`SELECT count(*) AS bars FROM event_log WHERE topic = 'market_data' AND type = 'bar'`))[0]?.['bars'],
  );

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

describe('commands that need no database', () => {
  it('--help names every command and the settings most used', async () => {
    const { code, stdout } = await runCommand(['--help'], {});
    expect(code).toBe(0);
    for (const word of ['start', 'migrate', 'import', 'doctor', 'reset', 'REPLAY_SPEED', 'TRADEGRAPH_HOME', 'PORT'])
      expect(stdout).toContain(word);
  });

  it('a start with a bad configuration reports all faults at once, each by its name, and exits 1', async () => {
    const { code, stderr } = await runCommand(['start'], {
      HOST: '0.0.0.0',
      PORT: '70000',
      REPLAY_SPEED: '-1',
      MARKET_DATA_PROVIDER: 'bloomberg',
    });
    expect(code).toBe(1);
    for (const name of ['HOST', 'PORT', 'REPLAY_SPEED', 'MARKET_DATA_PROVIDER'])
      expect(stderr).toMatch(new RegExp(`^ +${name}: .+`, 'm'));
    expect(stderr).toMatch(/HOST: .*beyond loopback.*ACCESS_KEYS_FILE/);
  });

  it('doctor exits 0 where all is well, and 1 with what to do where it is not', async () => {
    const well = await runCommand(['doctor'], { ...environment, PORT: '0' });
    expect([well.code, well.stdout]).toEqual([
      0,
      expect.stringMatching(/✓ database: embedded PostgreSQL 18[\s\S]*npm start/),
    ]);
    const blocker = await listening();
    const { port } = blocker.address() as AddressInfo;
    const ill = await runCommand(['doctor'], {
      ...environment,
      PORT: String(port),
      DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:1/none',
    });
    blocker.close();
    expect(ill.code).toBe(1);
    expect(ill.stdout).toMatch(new RegExp(`✗ port: .*${port}.*\\n.*PORT=${port + 1}`));
    expect(ill.stdout).toMatch(/✗ database: DATABASE_URL.*\n.*unset DATABASE_URL/);
    expect(ill.stdout).not.toContain('hunter2');
  });
});

describe('a start, a stop, and a start again', () => {
  let program: Program;
  let playedBefore: number;

  it('migrate makes the database', async () => {
    const first = await runCommand(['migrate'], { ...environment, LOG_FORMAT: 'json' });
    expect([first.code, first.stdout]).toEqual([0, expect.stringMatching(/\d+ migrations applied/)]);
    expect(await home.postmaster()).toBeNull();
  });

  it('a replay that would begin after its end is refused in a line, and so is an unknown role', async () => {
    const late = await runCommand(['start'], { ...environment, REPLAY_START: '2020-01-01T00:00:00Z', PORT: '0' });
    expect([late.code, late.stderr]).toEqual([1, expect.stringMatching(/^tradegraph: REPLAY_START: .*2016-01-04/)]);
    expect(await home.postmaster()).toBeNull();
    const role = await runCommand(['start', 'broker'], environment);
    expect([role.code, role.stderr]).toEqual([1, expect.stringMatching(/ingestion, ml, trading, backtesting, api/)]);
  });

  it('answers on its health, readiness and metrics, and says that it is a replay', async () => {
    program = await startProgram({ ...environment, REPLAY_SPEED: '2' });
    expect(await (await fetch(`${program.url}/healthz`)).json()).toMatchObject({ status: 'ok' });
    const ready = await fetch(`${program.url}/readyz`);
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      { status: 'ready', checks: { database: { ok: true }, eventLag: { ok: true }, jobQueue: { ok: true } } },
    ]);
    expect(await (await fetch(`${program.url}/metrics`)).text()).toMatch(/^# HELP .*\n# TYPE /m);
    const api = connectApi(program.url);
    const { platform } = await api.sdk.Platform();
    expect(platform).toMatchObject({ provider: 'replay', isReplay: true, replay: { speed: 2 } });
    await api.close();
  });

  it('a second start on the same data directory says who holds it and exits 1', async () => {
    const { code, stderr } = await runCommand(['start'], { ...environment, PORT: '0' });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^tradegraph: .*in use by another Tradegraph \\(process ${program.pid},.*TRADEGRAPH_HOME`),
    );
    expect(await answers(program.url)).toBe(true);
  });

  it('reset and a start beside it change nothing; import works beside it', async () => {
    const reset = await runCommand(['reset', '--yes'], environment);
    expect([reset.code, reset.stderr]).toEqual([1, expect.stringMatching(/running.*stop it first/)]);
    const file = join(home.path, 'good.csv');
    await writeFile(file, 'Date,Open,High,Low,Close,Volume\n2015-01-05,10,12,9,11,1000\n2015-01-06,11,13,10,12,2000\n');
    const imported = await runCommand(['import', file, '--symbol', 'ACME', '--timeframe', 'ONE_DAY'], environment);
    expect([imported.code, imported.stdout]).toEqual([
      0,
      expect.stringMatching(/Database schema.*up to date[\s\S]*2 rows read, 2 new/),
    ]);
    const api = connectApi(program.url);
    const { barSeries } = await api.sdk.BarSeries({ symbol: 'ACME', timeframe: 'ONE_DAY', first: 10 });
    expect(barSeries).toMatchObject({ closes: [11, 12], volumes: [1000, 2000] });
    await api.close();
  });

  it('Ctrl-C stops it cleanly: exit 0, and its database is gone too', async () => {
    await eventually('a replayed bar', async () => (await replayedBars()) > 0);
    playedBefore = await replayedBars();
    expect(await program.end('SIGINT')).toBe(0);
    expect(await home.postmaster()).toBeNull();
    expect(await answers(program.url)).toBe(false);
  });

  it('a taken port is named, with how to choose another: exit 1, and nothing is left running', async () => {
    const blocker = await listening();
    const { port } = blocker.address() as AddressInfo;
    const { code, stderr } = await runCommand(['start'], { ...environment, PORT: String(port) });
    blocker.close();
    expect([code, stderr]).toEqual([1, expect.stringMatching(new RegExp(`^tradegraph: port ${port} .*taken.*PORT`))]);
    expect(await home.postmaster()).toBeNull();
  });

  it('another market data provider is refused on the database of a replay', async () => {
    const { code, stderr } = await runCommand(['start'], { ...environment, PORT: '0', MARKET_DATA_PROVIDER: 'yahoo' });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/holds replay data.*yahoo.*TRADEGRAPH_HOME.*reset/)]);
    expect(await home.postmaster()).toBeNull();
  });

  it('goes on where it stopped: no bar twice, none left out', async () => {
    program = await startProgram({ ...environment, REPLAY_SPEED: '50' });
    await eventually('more bars than before', async () => (await replayedBars()) > playedBefore + 10);
    const [bars] = await select(
      `SELECT count(*)::int AS events, count(DISTINCT e.payload ->> 'timestamp')::int AS events_once,
         (SELECT count(*)::int FROM market_data WHERE symbol = 'BTC-USD' AND "timestamp" >= '${EARLY.REPLAY_START}') AS rows
       FROM event_log e WHERE e.topic = 'market_data' AND e.type = 'bar'`,
    );
    expect(bars).toEqual({ events: bars?.['rows'], events_once: bars?.['rows'], rows: bars?.['rows'] });
    expect(await program.end('SIGTERM')).toBe(0);
  });

  it('import counts what it refuses of a defective file and exits 2; a missing file is told', async () => {
    const file = join(home.path, 'bad.csv');
    await writeFile(
      file,
      [
        'Date,Open,High,Low,Close,Volume',
        '2015-02-02,10,12,9,11,1000',
        '2015-02-03,10,8,9,11,1000',
        '2015-02-04,NaN,12,9,11,1000',
        '2015-02-05,10,12,9,11,-5',
        '2999-02-05,10,12,9,11,5',
      ].join('\n'),
    );
    const { code, stdout } = await runCommand(
      ['import', file, '--symbol', 'ACME', '--timeframe', 'ONE_DAY'],
      environment,
    );
    expect([code, stdout]).toEqual([2, expect.stringMatching(/5 rows read, 1 new, 0 corrected, 4 refused/)]);
    for (const what of ['HIGH_BELOW_LOW', 'MALFORMED', 'NEGATIVE_VOLUME', 'IN_THE_FUTURE'])
      expect(stdout).toContain(what);
    expect(stdout).toMatch(/HIGH_BELOW_LOW: line 3: high: 8 is below low 9/);
    const missing = await runCommand(
      ['import', 'no-such.csv', '--symbol', 'ACME', '--timeframe', 'ONE_DAY'],
      environment,
    );
    expect([missing.code, missing.stderr]).toEqual([1, 'tradegraph: there is no file no-such.csv\n']);
    expect(await home.postmaster()).toBeNull();
  });

  it('reset asks first, then lets the replay begin anew', async () => {
    const unasked = await runCommand(['reset'], environment);
    expect([unasked.code, unasked.stderr]).toEqual([1, expect.stringContaining('--yes')]);
    const reset = await runCommand(['reset', '--yes'], environment);
    expect([reset.code, reset.stdout]).toEqual([0, expect.stringContaining('begins a new replay')]);
    program = await startProgram({ ...environment, REPLAY_SPEED: '0.01', REPLAY_HOLD_SECONDS: '600' });
    expect(await replayedBars()).toBe(0);
    expect((await select('SELECT count(*)::int AS accounts FROM accounts'))[0]).toEqual({ accounts: 3 });
    expect(await program.end('SIGTERM')).toBe(0);
  });
});

async function listening(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  return server;
}
