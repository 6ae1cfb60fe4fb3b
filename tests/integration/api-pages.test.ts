import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CheckResult, healthRouter } from '../../src/api/health.js';
import { pageRouter } from '../../src/api/page.js';
import { playgroundRouter } from '../../src/api/playground.js';
import { PrometheusMetrics } from '../../src/api/prometheus-metrics.js';
import { startTestApi, type TestApi } from '../support/api-server.js';

let api: TestApi;
let directory: string;
let database: () => Promise<CheckResult> = async () => ({ ok: true });

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tradegraph-page-'));
  await writeFile(
    join(directory, 'index.html'),
    '<script type="importmap">{"imports":{}}</script><script src="a.js"></script>',
  );
  await writeFile(join(directory, '.secret'), 'swordfish');
  const metrics = new PrometheusMetrics();
  api = await startTestApi({
    metrics,
    routers: [
      healthRouter({
        checks: { database: () => database(), jobQueue: async () => ({ ok: true, detail: 3 }) },
        metrics,
        deadlineMs: 100,
      }),
      playgroundRouter({ examples: [{ name: 'Hello `${there}`', query: '{ hello }', variables: '{"a":1}' }] }),
      pageRouter({ directory }),
    ],
  });
});
afterAll(async () => {
  await api.close();
  await rm(directory, { recursive: true });
});

const get = (path: string): Promise<Response> => fetch(`${api.url}${path}`);
/** Reads the body too: an answer that nobody reads keeps its connection busy. */
async function statusOf(path: string): Promise<number> {
  const answer = await get(path);
  await answer.arrayBuffer();
  return answer.status;
}

describe('health', () => {
  test('/healthz answers while the process is up', async () => {
    expect(await (await get('/healthz')).json()).toMatchObject({ status: 'ok' });
  });

  test('/readyz names each check, and is 503 when one fails, throws or does not answer in time', async () => {
    const ready = await get('/readyz');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      status: 'ready',
      checks: { database: { ok: true }, jobQueue: { ok: true, detail: 3 } },
    });
    const failures: [() => Promise<CheckResult>, string][] = [
      [async () => ({ ok: false, detail: 'read only' }), 'read only'],
      [() => Promise.reject(new Error('connection refused')), 'connection refused'],
      [() => new Promise(() => undefined), 'no answer in 100 ms'],
    ];
    for (const [check, detail] of failures) {
      database = check;
      const answer = await get('/readyz');
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({
        checks: { database: { ok: false, detail }, jobQueue: { ok: true } },
      });
    }
    database = async () => ({ ok: true });
  });

  test('/metrics has Node’s metrics and ours, with operations and error codes as labels', async () => {
    await api.query('query Greeting { hello }');
    await api.query('{ nothing }');
    const text = await (await get('/metrics')).text();
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text).toContain('tradegraph_graphql_operation_duration_seconds_count{operation="Greeting",kind="query"} 1');
    expect(text).toContain('tradegraph_graphql_errors_total{code="GRAPHQL_VALIDATION_FAILED"} 1');
  });

  test('a hundred and one operation names make no hundred and one time series', async () => {
    for (let n = 0; n < 120; n += 1) await api.query(`query Name${n} { hello }`);
    const text = await (await get('/metrics')).text();
    expect(text).toContain('operation="other"');
    expect(text.match(/duration_seconds_count\{/g)?.length).toBeLessThan(110);
  });
});

describe('the playground', () => {
  test('is a page whose every file is served here, under a policy that allows nothing else', async () => {
    const page = await get('/playground');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(policy).not.toMatch(/https?:|\*/);
    const html = await page.text();
    expect(html).toContain('<base href="/playground/">');
    // Scripts are files: the policy would stop inline ones.
    expect([...html.matchAll(/<script(?![^>]*src=)/g)]).toEqual([]);
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)]
      .map(([, file = '']) => file)
      .filter((file) => !file.startsWith('/'));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) expect(await statusOf(`/playground/${file}`)).toBe(200);
  });

  test('opens with the examples, escaped, over the same address', async () => {
    const script = await (await get('/playground/initial-options.js')).text();
    expect(script).toContain('Hello \\`\\${there}\\`');
    expect(script).toContain(`\`${api.url}/graphql\``);
    expect(script).toContain(`\`${api.url.replace('http', 'ws')}/graphql\``);
    expect(() => new Function('AltairGraphQL', script)).not.toThrow();
    let options: { initialWindows?: { initialQuery: string }[] } = {};
    new Function('AltairGraphQL', script)({ init: (given: typeof options) => (options = given) });
    expect(options.initialWindows).toEqual([
      expect.objectContaining({ initialQuery: '{ hello }', initialVariables: '{"a":1}' }),
    ]);
  });
});

describe('the page', () => {
  test('is served at / with its inline import map allowed by hash and nothing from elsewhere', async () => {
    const page = await get('/');
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/]+='/);
    expect(policy).toContain("connect-src 'self'");
  });

  test('finds its libraries, whole, and nothing else of node_modules', async () => {
    for (const path of ['/vendor/graphql-ws/client.js', '/vendor/lightweight-charts/lightweight-charts.js']) {
      const file = await get(path);
      expect(file.status).toBe(200);
      expect(file.headers.get('content-type')).toContain('javascript');
      for (const [, chunk] of (await file.text()).matchAll(/from '\.\/([^']+)'/g)) {
        expect(await statusOf(`/vendor/graphql-ws/${chunk}`)).toBe(200);
      }
    }
    for (const path of [
      '/vendor/graphql-ws/index.js',
      '/vendor/../package.json',
      '/vendor/ws/index.js',
      '/.secret',
      '/%2e%2e/package.json',
      '/nowhere',
    ]) {
      expect(await statusOf(path)).toBe(404);
    }
  });
});

test('the page links to health and metrics where they are answered beside it, and nowhere else', async () => {
  const ours = await mkdtemp(join(tmpdir(), 'tradegraph-links-'));
  const links = '<a href="/playground">Playground</a>\n<a href="/readyz">Health</a>\n<a href="/metrics">Metrics</a>\n';
  await writeFile(join(ours, 'index.html'), links);
  const apart = await startTestApi({ routers: [pageRouter({ directory: ours, showsHealth: false })] });
  try {
    const page = await fetch(`${apart.url}/`);
    expect([page.headers.get('content-security-policy'), await page.text()]).toEqual([
      expect.stringContaining("default-src 'none'"),
      '<a href="/playground">Playground</a>\n',
    ]);
  } finally {
    await apart.close();
    await rm(ours, { recursive: true });
  }
});
