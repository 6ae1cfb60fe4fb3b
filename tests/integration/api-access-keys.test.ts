import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AccessKeys, newAccessKey } from '../../src/api/access-keys.js';
import { startTestApi, type TestApi } from '../support/api-server.js';
import { eventually } from '../support/eventually.js';
import { RawGraphQLSocket } from '../support/raw-graphql-ws.js';

function key(name: string, scope: 'READ' | 'TRADE') {
  const made = newAccessKey(name, scope, randomBytes);
  if (!made.ok) throw new Error(made.error);
  return made.value;
}
const [reader, trader, stranger] = [key('reader', 'READ'), key('trader', 'TRADE'), key('stranger', 'TRADE')];

let api: TestApi;
let seenScopes: readonly string[] = [];
beforeAll(async () => {
  const keys = AccessKeys.parse(`${reader.line}\n${trader.line}`);
  if (!keys.ok) throw new Error(keys.error.join());
  api = await startTestApi({
    accessKeys: keys.value,
    costPerMinute: 6_000,
    createContext: (client, events) => {
      seenScopes = [...client.access.scopes];
      return { events, readBudget: () => client.readBudget() };
    },
    privateRouters: [Router().get('/exports', (_request, response) => void response.send('private'))],
    routers: [Router().get('/page', (_request, response) => void response.send('open'))],
  });
});
afterAll(() => api.close());

const HELLO = { query: '{ hello }' };
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

describe('an API that asks for keys', () => {
  test('answers over HTTP who has one, within its scopes, and nobody else', async () => {
    for (const headers of [{}, bearer(stranger.secret), bearer('tg_'), { authorization: reader.secret }]) {
      const refused = await api.post(HELLO, headers as Record<string, string>);
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer');
      expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    }
    expect(await (await api.post(HELLO, bearer(reader.secret))).json()).toMatchObject({
      data: { hello: 'hello world' },
    });
    expect(seenScopes).toEqual(['READ']);
    await api.post(HELLO, bearer(trader.secret));
    expect(seenScopes).toEqual(['READ', 'TRADE']);
  });

  test('lets in over websocket by connection_init, and closes with 4403 without a valid key', async () => {
    for (const payload of [undefined, { authorization: `Bearer ${stranger.secret}` }, { authorization: 7 }]) {
      const socket = await RawGraphQLSocket.open(api.url);
      socket.send({ type: 'connection_init', payload });
      await eventually('the socket is closed', () => socket.closed !== null);
      expect(socket.closed).toEqual({ code: 4403, reason: 'Forbidden' });
      expect(socket.frames).toEqual([]);
    }
    const socket = await RawGraphQLSocket.open(api.url);
    socket.send({ type: 'connection_init', payload: { Authorization: `Bearer ${trader.secret}` } });
    await eventually('connection_ack', () => socket.frames.length === 1);
    socket.subscribe('1', '{ hello }');
    await eventually('an answer', () => socket.of('1').length === 1);
    expect(seenScopes).toEqual(['READ', 'TRADE']);
    socket.ws.close();
  });

  test('takes what an operation costs from the budget of its key, wherever it comes from', async () => {
    const budget = async (secret: string) => {
      const answer = (await (await api.post({ query: '{ budget }' }, bearer(secret))).json()) as {
        data: { budget: number };
      };
      return answer.data.budget;
    };
    const before = await budget(trader.secret);
    await api.post({ query: '{ nodes(first: 500) { id } }' }, bearer(reader.secret));
    expect(await budget(reader.secret)).toBeLessThan(before);
    expect(await budget(trader.secret)).toBeGreaterThan(await budget(reader.secret));
  });

  test('serves pages to all and exports to keys, and no page of elsewhere', async () => {
    expect((await fetch(`${api.url}/page`)).status).toBe(200);
    expect((await fetch(`${api.url}/exports`)).status).toBe(401);
    expect((await fetch(`${api.url}/exports`, { headers: bearer(reader.secret) })).status).toBe(200);
    const fromElsewhere = { ...bearer(reader.secret), origin: 'http://evil.example' };
    expect((await api.post(HELLO, fromElsewhere)).status).toBe(403);
  });

  test('may be bound to other addresses than loopback', async () => {
    const keys = AccessKeys.parse(reader.line);
    if (!keys.ok) throw new Error(keys.error.join());
    // An address for documentation, which no machine has: the bind fails, and not for want of keys.
    const opening = startTestApi({ accessKeys: keys.value, host: '192.0.2.1' });
    await expect(opening).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
  });
});
