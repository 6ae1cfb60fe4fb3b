import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AccessKeys, newAccessKey } from './access-keys.js';

function made(name: string, scope: 'READ' | 'TRADE' | 'ADMIN') {
  const key = newAccessKey(name, scope, randomBytes);
  if (!key.ok) throw new Error(key.error);
  return key.value;
}
const faultsOf = (text: string) => {
  const parsed = AccessKeys.parse(text);
  return parsed.ok ? [] : parsed.error;
};

describe('access keys', () => {
  it('let in who has the secret, with the scopes up to theirs', () => {
    const [reader, trader, admin] = [made('reader', 'READ'), made('desk.1', 'TRADE'), made('root', 'ADMIN')];
    const file = `# our keys\n${reader.line}\r\n\n${trader.line} # the desk\n${admin.line}\n`;
    const keys = AccessKeys.parse(file);
    if (!keys.ok) throw new Error(keys.error.join());
    const scopesOf = (secret: string) => [...(keys.value.authenticate(secret)?.scopes ?? [])];
    expect(scopesOf(reader.secret)).toEqual(['READ']);
    expect(scopesOf(trader.secret)).toEqual(['READ', 'TRADE']);
    expect(scopesOf(admin.secret)).toEqual(['READ', 'TRADE', 'ADMIN']);
    expect(keys.value.authenticate(trader.secret)?.name).toBe('desk.1');
  });

  it('let in nobody else: no other secret, no digest, no prefix', () => {
    const key = made('a', 'ADMIN');
    const keys = AccessKeys.parse(key.line);
    if (!keys.ok) throw new Error(keys.error.join());
    const digest = key.line.split(' ')[2] ?? '';
    const others = [
      '',
      'tg_',
      made('b', 'ADMIN').secret,
      digest,
      key.secret.slice(0, -1),
      `${key.secret}A`,
      ` ${key.secret}`,
    ];
    for (const secret of others) expect(keys.value.authenticate(secret)).toBeNull();
  });

  it('hold no secret in their line', () => {
    const { secret, line } = made('a', 'READ');
    expect(secret).toMatch(/^tg_[0-9a-f]{8}_[\w-]{43}$/);
    expect(line).toMatch(/^a READ [0-9a-f]{64}$/);
    expect(line).not.toContain(secret.slice(12));
  });

  it('are refused with every line that is wrong', () => {
    const { line } = made('a', 'READ');
    const digest = line.split(' ')[2] ?? '';
    expect(faultsOf('')).toEqual(['there is no key in it']);
    expect(
      faultsOf(
        `${line}\n${line}\nb KING ${digest}\nb! READ ${digest}\nc READ abc\nd READ ${digest}\ne READ ${digest} x`,
      ),
    ).toEqual([
      'line 2: a is there twice',
      'line 3: the scope of b is none of READ, TRADE, ADMIN',
      'line 4: a name is 1 to 64 letters, digits and . _ -',
      'line 5: the SHA-256 of c is not 64 lower-case hexadecimal digits',
      'line 6: d has the key of another name',
      'line 7: it has more than a name, a scope and a SHA-256',
    ]);
    expect(newAccessKey('two words', 'READ', randomBytes).ok).toBe(false);
  });
});
