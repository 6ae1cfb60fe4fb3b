import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { AccessKeys } from '../../src/api/access-keys.js';
import { readComposeFile, repository } from './compose-file.js';

const dockerfile = readFileSync(repository('Dockerfile'), 'utf8');
const { version, dependencies } = JSON.parse(readFileSync(repository('package.json'), 'utf8')) as {
  version: string;
  dependencies: Record<string, string>;
};

it('the image has the Node that package.json pins, and the version of the package', () => {
  expect(/^ARG NODE_IMAGE=node:([\d.]+)-/m.exec(dockerfile)?.[1]).toBe(dependencies['node']);
  expect(/^ARG VERSION=(.*)$/m.exec(dockerfile)?.[1]).toBe(version);
  expect(readComposeFile().services['api']?.image).toBe(`tradegraph:${version}`);
});

it('the image starts the program itself as its first process, as a user without rights', () => {
  const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  expect(last).toMatch(/^USER 10001:10001$/m);
  expect(last).toMatch(/^ENTRYPOINT \["node", "--v8-pool-size=1", "bin\/tradegraph.mjs"\]$/m);
  expect(last).toMatch(/^HEALTHCHECK .* CMD \["node", "bin\/healthcheck.mjs"\]$/m);
  expect(readComposeFile().services['api']?.user).toBe('10001:10001');
});

it('ops/prepare makes every secret once, readable by containers alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tradegraph-secrets-'));
  try {
    const stand = join(folder, 'cli');
    const line = `desk ADMIN ${'a'.repeat(64)}`;
    writeFileSync(stand, `#!/bin/sh\n[ "$*" = "keys new desk --scope ADMIN" ] && echo '${line}'\n`, { mode: 0o755 });
    const secrets = join(folder, 'secrets');
    const prepare = () =>
      execFileSync(fileURLToPath(repository('ops/prepare')), ['desk'], {
        env: { PATH: process.env['PATH'], TRADEGRAPH_SECRETS: secrets, TRADEGRAPH_CLI: stand },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    prepare();
    const contents = () =>
      Object.fromEntries(readdirSync(secrets).map((name) => [name, readFileSync(join(secrets, name), 'utf8')]));
    const made = contents();
    const names = Object.values(readComposeFile().secrets).map(({ file }) => file.split('/').at(-1));
    expect(Object.keys(made).sort()).toEqual(names.sort());
    expect(statSync(secrets).mode & 0o777).toBe(0o700);
    for (const name of Object.keys(made))
      expect(statSync(join(secrets, name)).mode & 0o777).toBe(name === 'access_keys' ? 0o644 : 0o444);
    expect(made['postgres_password']).toMatch(/^[0-9a-f]{48}$/);
    const [, password] = /^requirepass ([0-9a-f]{48})\n$/.exec(made['redis_auth'] ?? '') ?? [];
    expect(made['redis_url']).toBe(`redis://:${password}@redis:6379/0\n`);
    expect(AccessKeys.parse(made['access_keys'] ?? '').ok).toBe(true);

    prepare();
    expect(contents()).toEqual(made);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
