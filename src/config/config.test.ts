import { describe, expect, it } from 'vitest';
import { describeConfig, readConfig } from './config.js';

function faults(environment: Record<string, string>): readonly string[] {
  const result = readConfig(environment);
  return result.ok ? [] : result.error;
}

describe('readConfig', () => {
  it('needs nothing: the defaults are a replay on loopback port 4000', () => {
    const result = readConfig({});
    expect(result).toMatchObject({
      ok: true,
      value: { HOST: '127.0.0.1', PORT: 4000, MARKET_DATA_PROVIDER: 'replay', REPLAY_SPEED: 1, ML_BACKEND: 'auto' },
    });
  });

  it('treats an empty variable as unset', () => {
    expect(readConfig({ PORT: '', REPLAY_SPEED: '' })).toMatchObject({
      ok: true,
      value: { PORT: 4000, REPLAY_SPEED: 1 },
    });
  });

  it('reports all faults at once, each by its name and with the value given', () => {
    const lines = faults({ PORT: '70000', MARKET_DATA_PROVIDER: 'bloomberg', REPLAY_SPEED: '-1', LOG_LEVEL: 'loud' });
    expect(lines.map((line) => line.split(':')[0]).sort()).toEqual([
      'LOG_LEVEL',
      'MARKET_DATA_PROVIDER',
      'PORT',
      'REPLAY_SPEED',
    ]);
    expect(lines.find((line) => line.startsWith('PORT'))).toContain('70000');
  });

  it('refuses any address but loopback without access keys, and says why', () => {
    for (const HOST of ['0.0.0.0', '::', '192.168.1.4']) {
      expect(faults({ HOST })[0]).toMatch(/^HOST: beyond loopback.*ACCESS_KEYS_FILE is needed/);
      expect(faults({ HOST, ACCESS_KEYS_FILE: 'keys' })).toEqual([]);
    }
    for (const HOST of ['127.0.0.1', '::1', 'localhost']) expect(faults({ HOST })).toEqual([]);
  });

  it('refuses settings of parts that are not built instead of ignoring them', () => {
    expect(faults({ KAFKA_BROKERS: 'localhost:9092' })[0]).toMatch(/^KAFKA_BROKERS: .*not built yet/);
    expect(faults({ BROKER: 'alpaca-live' })[0]).toMatch(/^BROKER: only "paper"/);
  });

  it('shows no password, neither in what it describes nor in a fault', () => {
    const good = readConfig({ DATABASE_URL: 'postgres://trader:hunter2@db:5432/tradegraph' });
    expect(good.ok && JSON.stringify(describeConfig(good.value))).not.toContain('hunter2');
    expect(faults({ DATABASE_URL: 'mysql://trader:hunter2@db/tradegraph' }).join()).not.toContain('hunter2');
  });

  it('takes a replay speed in bars a second or max, and a start with a time zone', () => {
    expect(readConfig({ REPLAY_SPEED: 'max' })).toMatchObject({ ok: true, value: { REPLAY_SPEED: 'max' } });
    expect(readConfig({ REPLAY_SPEED: '2.5' })).toMatchObject({ ok: true, value: { REPLAY_SPEED: 2.5 } });
    expect(readConfig({ REPLAY_START: '2016-01-03T16:00:00+01:00' })).toMatchObject({
      ok: true,
      value: { REPLAY_START: Date.UTC(2016, 0, 3, 15) },
    });
    expect(faults({ REPLAY_START: 'yesterday' })[0]).toMatch(/^REPLAY_START/);
    expect(faults({ REPLAY_SPEED: 'fast' })[0]).toMatch(/^REPLAY_SPEED/);
  });
});
