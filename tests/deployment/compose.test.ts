import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { ROLES } from '../../src/roles/role.js';
import { readComposeFile, repository } from './compose-file.js';

const compose = readComposeFile();
const services = Object.entries(compose.services);
const roles = ROLES.map((role) => [role, compose.services[role]!] as const);
const HEALTH_PORTS = { trading: '8000', ml: '8001', ingestion: '8002', backtesting: '8003', api: '8004' };

const configSource = readdirSync(repository('src/config'))
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(repository(`src/config/${file}`), 'utf8'))
  .join('\n');

/** A setting that the configuration declares, or the file of one that is a secret. */
function isKnown(name: string): boolean {
  if (new RegExp(`^\\s*${name}:`, 'm').test(configSource)) return true;
  const unreadable = readConfig({ [name]: '/there is no such file' });
  return !unreadable.ok && unreadable.error.some((fault) => fault.startsWith(`${name}: cannot be read`));
}

describe('every service of the compose file', () => {
  it.each(services)('%s may write to its volumes alone, has no capabilities, and cannot get any', (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      networks: ['trading_network'],
      logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '5' } },
    });
    expect(service.user).toMatch(/^[1-9]\d*:\d+$/);
    expect(service['privileged'] ?? service['cap_add'] ?? service['network_mode'] ?? service['pid']).toBeUndefined();
  });

  it.each(services)('%s has limits of processor, memory and processes', (_, service) => {
    expect(service['cpus']).toBeGreaterThan(0);
    expect(service['mem_limit']).toMatch(/^\d+[mg]$/);
    expect(service['pids_limit']).toBeGreaterThan(0);
  });

  it.each(services)('%s runs an image of one version', (_, { image }) => {
    expect(image).toMatch(/:v?\d+\.\d+(\.\d+)?(-[a-z]+)?$/);
  });

  it.each(services.filter(([name]) => name !== 'migrate'))('%s is restarted and says how it is', (_, service) => {
    expect(service['restart']).toBe('unless-stopped');
    // The roles have that of the image.
    if (service.build === undefined) expect(service.healthcheck?.['test']).toBeDefined();
  });

  it.each(services)('%s publishes its ports on loopback alone', (_, { ports = [] }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
  });

  it.each(services)('%s mounts what there is, and secrets and volumes that are declared', (_, service) => {
    for (const secret of service.secrets ?? []) expect(compose.secrets).toHaveProperty(secret);
    for (const volume of service.volumes ?? []) {
      const source = typeof volume === 'string' ? (volume.split(':')[0] ?? '') : volume.source;
      if (source.startsWith('.')) expect(statSync(repository(source))).toBeDefined();
      else expect(compose.volumes).toHaveProperty(source);
    }
  });

  it('the network has the name of the design, and no secret stands in the file', () => {
    expect(compose.networks['trading_network']?.name).toBe('trading_network');
    for (const [, { environment = {} }] of services) {
      for (const [name, value] of Object.entries(environment)) {
        if (/PASSWORD|SECRET|TOKEN/.test(name))
          expect([name, value]).toEqual([name, expect.stringMatching(/^\/run\/secrets\//)]);
        expect(String(value)).not.toMatch(/\/\/[^/@\s]*:[^/@\s]+@/);
      }
    }
  });
});

describe('the five roles', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tradegraph-compose-'));
    writeFileSync(join(folder, 'postgres_password'), 'p@ss/word');
    writeFileSync(join(folder, 'redis_url'), 'redis://:secret@redis:6379/0');
    writeFileSync(join(folder, 'access_keys'), '');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(roles)('%s starts its role, with settings that the program takes', (role, service) => {
    expect(service.command).toEqual(['start', role]);
    const environment = Object.fromEntries(
      Object.entries(service.environment ?? {}).map(([name, value]) => [
        name,
        String(value).replace('/run/secrets', folder),
      ]),
    );
    const config = readConfig(environment);
    expect(config.ok ? [] : config.error).toEqual([]);
    expect(config.ok && config.value).toMatchObject({
      HEALTH_PORT: Number(HEALTH_PORTS[role]),
      HEALTH_HOST: '0.0.0.0',
      DATABASE_URL: 'postgres://tradegraph:p%40ss%2Fword@postgres:5432/tradegraph',
      REDIS_URL: 'redis://:secret@redis:6379/0',
    });
    expect(service.ports).toContain(`127.0.0.1:${HEALTH_PORTS[role]}:${HEALTH_PORTS[role]}`);
  });

  it.each(roles)('%s has no variable that the program does not know', (_, service) => {
    expect(Object.keys(service.environment ?? {}).filter((name) => !isKnown(name))).toEqual([]);
  });

  it('the API alone listens beyond loopback, and asks for keys', () => {
    for (const [role, { environment = {}, secrets = [] }] of roles) {
      expect([role, environment['HOST'], secrets.includes('access_keys')]).toEqual(
        role === 'api' ? [role, '0.0.0.0', true] : [role, undefined, false],
      );
    }
  });

  it('a role is given longer to stop than it takes, and hears of it from its first moment on', () => {
    for (const [, service] of roles) {
      expect(service['init']).toBe(true);
      const grace = Number.parseInt(String(service['stop_grace_period']), 10);
      expect(grace).toBeGreaterThan(Number(service.environment?.['DRAIN_SECONDS']));
    }
  });
});
