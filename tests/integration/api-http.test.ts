import { createServer } from 'node:http';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serverAudits } from 'graphql-http';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NonLoopbackHostError, PortTakenError } from '../../src/api/server.js';
import { counter } from '../support/api-schema.js';
import { startTestApi, type TestApi } from '../support/api-server.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ limits: { deadlineMs: 300 } });
});
afterAll(() => api.close());

const bodyOf = async (response: Response) =>
  (await response.json()) as {
    data?: Record<string, unknown>;
    errors: { message: string; extensions: Record<string, unknown> }[];
  };

describe('GraphQL over HTTP', () => {
  test('passes every audit of the specification that is a MUST or a SHOULD', async () => {
    const failed: string[] = [];
    let passed = 0;
    for (const audit of serverAudits({ url: `${api.url}/graphql`, fetchFn: fetch })) {
      const result = await audit.fn();
      if (result.status === 'ok') passed += 1;
      else if (result.status !== 'notice') failed.push(`${audit.id} ${audit.name}: ${result.reason}`);
      // The specification's MAYs come as notices.
    }
    expect(failed).toEqual([]);
    expect(passed).toBeGreaterThan(50);
  });

  test('answers a query with its cost and what is left of the budget', async () => {
    const first = await api.query('query($n: Int!) { nodes(first: $n) { id } budget }', { n: 3 });
    expect(first.data?.['nodes']).toEqual([{ id: '0' }, { id: '1' }, { id: '2' }]);
    const cost = first.extensions?.['cost'] as Record<string, number>;
    expect(cost).toEqual({ requested: 4, limit: 5_000, remaining: expect.any(Number) });
    expect(Math.abs(Number(first.data?.['budget']) - cost['remaining']!)).toBeLessThan(1_000);
  });

  test('answers the whole introspection, which is deeper than any other operation may be', async () => {
    const answer = await api.query(getIntrospectionQuery());
    expect(answer.errors).toBeUndefined();
    expect(answer.data?.['__schema']).toBeDefined();
  });

  test('answers 200 to a refused document for application/json and 400 for the GraphQL media type', async () => {
    for (const body of [
      { query: '{' },
      { query: '{ nothing }' },
      { query: 'query($n: Int!) { nodes(first: $n) { id } }' },
    ]) {
      const json = await api.post(body, { accept: 'application/json' });
      const graphql = await api.post(body, { accept: 'application/graphql-response+json' });
      expect([json.status, graphql.status]).toEqual([200, 400]);
      expect(graphql.headers.get('content-type')).toContain('application/graphql-response+json');
      expect((await bodyOf(json)).errors).toHaveLength(1);
    }
  });

  test('refuses a subscription and says where it is served', async () => {
    const answer = await api.query('subscription { bars { cursor } }');
    expect(answer.errors?.[0]?.extensions['code']).toBe('SUBSCRIPTION_NEEDS_WEBSOCKET');
  });

  test('refuses a mutation by GET and one from a form of another site', async () => {
    const before = counter.value;
    const byGet = await fetch(`${api.url}/graphql?query=mutation{increment}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(byGet.status).toBe(405);
    const simple = await fetch(`${api.url}/graphql?query={hello}`);
    expect(simple.status).toBe(400);
    expect((await bodyOf(simple)).errors[0]?.message).toContain('CSRF');
    expect(counter.value).toBe(before);
  });

  test('refuses a batch', async () => {
    const answer = await api.post([{ query: '{ hello }' }, { query: '{ hello }' }]);
    expect(answer.status).toBe(400);
    expect((await bodyOf(answer)).errors[0]?.extensions['code']).toBe('BAD_REQUEST');
  });
});

describe('limits over HTTP', () => {
  const refusals: [string, string, string, number][] = [
    [
      '2,000 aliases',
      `{ ${Array.from({ length: 2_000 }, (_, n) => `a${n}: hello`).join(' ')} }`,
      'TOKEN_LIMIT_EXCEEDED',
      1_000,
    ],
    ['500 levels', `{ ${'node {'.repeat(500)} id ${'}'.repeat(500)} }`, 'TOKEN_LIMIT_EXCEEDED', 1_000],
    ['9 levels', `{ ${'node {'.repeat(8)} id ${'}'.repeat(8)} }`, 'DEPTH_LIMIT_EXCEEDED', 8],
    [
      '9 levels in fragments',
      `{ node { ...a } } fragment a on Node { node { node { node { ...b } } } } fragment b on Node { node { node { node { node { id } } } } }`,
      'DEPTH_LIMIT_EXCEEDED',
      8,
    ],
    ['16 aliases', `{ ${Array.from({ length: 16 }, (_, n) => `a${n}: hello`).join(' ')} }`, 'ALIAS_LIMIT_EXCEEDED', 15],
    [
      '51 directives',
      `{ ${Array.from({ length: 51 }, () => '... @include(if: true) { hello }').join(' ')} }`,
      'DIRECTIVE_LIMIT_EXCEEDED',
      50,
    ],
    ['a page of a million', '{ nodes(first: 1000000) { id } }', 'COST_LIMIT_EXCEEDED', 5_000],
    [
      'fragments that double sixty times',
      `{ node { ...f0 } } ${Array.from({ length: 60 }, (_, n) => `fragment f${n} on Node { ...f${n + 1} ...f${n + 1} }`).join(' ')} fragment f60 on Node { id }`,
      'COST_LIMIT_EXCEEDED',
      5_000,
    ],
  ];
  for (const [what, query, code, limit] of refusals) {
    test(`refuses ${what} with the limit and what was asked for`, async () => {
      const answer = await api.query(query);
      expect(answer.data).toBeUndefined();
      expect(answer.errors?.[0]?.extensions).toMatchObject({ code, limit });
      expect(Number(answer.errors?.[0]?.extensions['value'])).toBeGreaterThan(limit);
    });
  }

  test('lets pass what is just within the limits', async () => {
    const answer = await api.query(
      `{ ${'node {'.repeat(7)} id ${'}'.repeat(7)} ${Array.from({ length: 15 }, (_, n) => `a${n}: hello`).join(' ')} }`,
    );
    expect(answer.errors).toBeUndefined();
  });

  test('answers an operation that does not end at its deadline', async () => {
    const answer = await api.query('{ never }');
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'DEADLINE_EXCEEDED', limit: 300 });
  });

  test('stops serving a client that has spent its budget, and others go on', async () => {
    const poor = await startTestApi({ costPerMinute: 100 });
    try {
      const spend = () => poor.query('{ nodes(first: 50) { id } }');
      expect((await spend()).errors).toBeUndefined();
      const refused = await spend();
      expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', limit: 100, value: 51 });
    } finally {
      await poor.close();
    }
  });
});

describe('bad requests', () => {
  test('answers invalid JSON with 400 and a GraphQL error', async () => {
    const answer = await api.post('{"query": "{ hello }"');
    expect(answer.status).toBe(400);
    expect((await bodyOf(answer)).errors[0]?.extensions['code']).toBe('INVALID_JSON');
  });

  test('answers a body of 10 MB with 413 and the limit', async () => {
    const answer = await api.post({ query: '{ hello }', variables: { x: 'x'.repeat(10_000_000) } });
    expect(answer.status).toBe(413);
    const { extensions } = (await bodyOf(answer)).errors[0]!;
    expect(extensions).toMatchObject({ code: 'BODY_TOO_LARGE', limit: 102_400 });
    expect(Number(extensions['value'])).toBeGreaterThan(10_000_000);
  });

  test('answers another content type with 415', async () => {
    const answer = await api.post('query=hello', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(answer.status).toBe(415);
    expect((await bodyOf(answer)).errors[0]?.extensions['code']).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  test('answers an operation name that the document does not have', async () => {
    const answer = await api.post({ query: 'query A { hello } query B { hello }', operationName: 'C' });
    expect((await bodyOf(answer)).errors[0]?.extensions).toMatchObject({
      code: 'OPERATION_RESOLUTION_FAILURE',
      operations: ['A', 'B'],
    });
  });

  test('masks an unexpected error under an id that the log shows too, and shows an expected one', async () => {
    const answer = await api.query('{ broken refused }');
    const [broken, refused] = ['broken', 'refused'].map((name) =>
      answer.errors?.find((error) => error.path?.[0] === name),
    );
    expect(JSON.stringify(answer)).not.toContain('swordfish');
    expect(broken?.extensions['code']).toBe('INTERNAL_SERVER_ERROR');
    const line = api.logged.find(({ fields }) => 'id' in fields && fields.id === broken?.extensions['id']);
    expect(line?.fields).toMatchObject({ err: { message: 'the password is swordfish' } });
    expect(refused).toMatchObject({ message: 'no such symbol', extensions: { code: 'UNKNOWN_SYMBOL' } });
  });

  test('shortens the input that an error message quotes', async () => {
    const answer = await api.query('query($n: Int!) { nodes(first: $n) { id } }', { n: 'x'.repeat(50_000) });
    expect(answer.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(answer.errors?.[0]?.message.length).toBeLessThan(600);
  });

  test('refuses a request for another host name, as a page elsewhere would send it', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(`${api.url}/graphql`, {
        method: 'POST',
        headers: { host: 'evil.example', 'content-type': 'application/json' },
      });
      request.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
      request.end('{"query":"{ hello }"}');
    });
    expect(status).toBe(403);
    const crossOrigin = await api.post({ query: '{ hello }' }, { origin: 'http://evil.example' });
    expect(crossOrigin.status).toBe(403);
  });
});

describe('starting the server', () => {
  test('names the port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      await expect(startTestApi({ port })).rejects.toThrow(PortTakenError);
      await expect(startTestApi({ port })).rejects.toThrow(String(port));
    } finally {
      other.close();
    }
  });

  test('refuses to be reachable from other machines while there are no access keys', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.5', 'example.com']) {
      await expect(startTestApi({ host })).rejects.toThrow(NonLoopbackHostError);
    }
  });
});
