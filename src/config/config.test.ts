import os from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { describeConfig, readConfig } from './config.js';

function faults(environment: Record<string, string>): readonly string[] {
  const result = readConfig(environment);
  return result.ok ? [] : result.error;
}

function urlOf(environment: Record<string, string>): string | undefined {
  const config = readConfig(environment);
  return config.ok ? config.value.DATABASE_URL : config.error.join();
}

describe('readConfig', () => {
  it('needs a home directory only for a folder that begins with ~', () => {
    expect(readConfig({ TRADEGRAPH_HOME: '~/data' })).toMatchObject({
      value: { TRADEGRAPH_HOME: join(os.homedir(), 'data') },
    });
    const homedir = vi.spyOn(os, 'homedir').mockImplementation(() => {
      throw new Error('ENOENT: no such file or directory, uv_os_homedir');
    });
    try {
      expect(readConfig({})).toMatchObject({ ok: true, value: { TRADEGRAPH_HOME: resolve('.tradegraph') } });
      expect(readConfig({ TRADEGRAPH_HOME: '/~data' })).toMatchObject({ value: { TRADEGRAPH_HOME: '/~data' } });
      expect(faults({ TRADEGRAPH_HOME: '~/data' })).toEqual([
        'TRADEGRAPH_HOME: begins with ~, and this user has no home: set HOME, or give the whole path (it is ~/data)',
      ]);
    } finally {
      homedir.mockRestore();
    }
  });

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

  it('refuses a broker that is not built instead of ignoring them', () => {
    expect(faults({ BROKER: 'alpaca-live' })[0]).toMatch(/^BROKER: only "paper"/);
  });

  it('takes a Redis by its URL, with TLS, user, password and database, and refuses what it would not use', () => {
    for (const REDIS_URL of ['redis://cache', 'rediss://trader:p%40ss@cache:6380/3', 'redis://:secret@[::1]:6379/']) {
      expect(readConfig({ REDIS_URL })).toMatchObject({ ok: true, value: { REDIS_URL, REDIS_PREFIX: 'tradegraph' } });
    }
    for (const REDIS_URL of [
      'cache:6379',
      'http://cache',
      'redis://cache/jobs',
      'redis://cache?family=6',
      'redis://',
    ]) {
      expect(faults({ REDIS_URL })[0]).toMatch(/^REDIS_URL: must look like redis:/);
    }
    expect(faults({ REDIS_PREFIX: 'a:b' })[0]).toMatch(/^REDIS_PREFIX: must be/);
    const shown = readConfig({ REDIS_URL: 'redis://trader:hunter2@cache' });
    expect(shown.ok && describeConfig(shown.value)['REDIS_URL']).toBe('redis://trader:[redacted]@cache');
    expect(faults({ REDIS_URL: 'redis://trader:hun@ter2@cache/jobs' }).join()).not.toContain('ter2');
  });

  it('shows no password, neither in what it describes nor in a fault', () => {
    const good = readConfig({ DATABASE_URL: 'postgres://trader:hunter2@db:5432/tradegraph' });
    expect(good.ok && JSON.stringify(describeConfig(good.value))).not.toContain('hunter2');
    expect(faults({ DATABASE_URL: 'mysql://trader:hunter2@db/tradegraph' }).join()).not.toContain('hunter2');
  });

  it('puts the address of the database together out of URL, password and authority, and asks for TLS that is checked', () => {
    expect(urlOf({})).toBeUndefined();
    const DATABASE_URL = 'postgres://trader@db:5432/tradegraph';
    expect(urlOf({ DATABASE_URL, DATABASE_PASSWORD: 'p@ss/w:rd' })).toBe(
      'postgres://trader:p%40ss%2Fw%3Ard@db:5432/tradegraph',
    );
    expect(urlOf({ DATABASE_URL, DATABASE_CA_FILE: '/run/ca.pem' })).toBe(
      `${DATABASE_URL}?sslrootcert=%2Frun%2Fca.pem&sslmode=verify-full`,
    );
    expect(urlOf({ DATABASE_URL: `${DATABASE_URL}?sslmode=require` })).toBe(`${DATABASE_URL}?sslmode=verify-full`);
    expect(urlOf({ DATABASE_URL: `${DATABASE_URL}?sslmode=no-verify` })).toBe(`${DATABASE_URL}?sslmode=no-verify`);
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

  it('traces only to a URL, keeps a share between 0 and 1, and shows no header', () => {
    expect(readConfig({})).toMatchObject({ ok: true, value: { TRACING_SAMPLE_RATIO: 1 } });
    const tracing = {
      TRACING_ENDPOINT: 'http://localhost:4318',
      TRACING_HEADERS: 'authorization=Bearer s3cret, x-team=a',
    };
    const good = readConfig(tracing);
    expect(good).toMatchObject({ value: { TRACING_HEADERS: { authorization: 'Bearer s3cret', 'x-team': 'a' } } });
    expect(good.ok && JSON.stringify(describeConfig(good.value))).not.toContain('s3cret');
    expect(faults({ TRACING_ENDPOINT: 'localhost:4318' })[0]).toMatch(/^TRACING_ENDPOINT: must be the base URL/);
    expect(faults({ TRACING_SAMPLE_RATIO: '2' })[0]).toMatch(/^TRACING_SAMPLE_RATIO/);
    expect(faults({ TRACING_HEADERS: 'no equals sign' })[0]).toMatch(/^TRACING_HEADERS: must be name=value.*redacted/);
  });
});
