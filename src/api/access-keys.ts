import { createHash } from 'node:crypto';
import { err, ok, type Result } from '../domain/result.js';
import type { Scope } from '../resolvers/context.js';

/** Each scope holds those before it. */
const SCOPES: readonly Scope[] = ['READ', 'TRADE', 'ADMIN'];
/** Names are shown in logs. */
const NAME = /^[A-Za-z0-9._-]{1,64}$/;
const DIGEST = /^[0-9a-f]{64}$/;
/** `tg_`, a prefix that tells keys apart, and 256 random bits in base64url. */
const SECRET = /^tg_[0-9a-f]{8}_[A-Za-z0-9_-]{43}$/;
const PREFIX_BYTES = 4;
const SECRET_BYTES = 32;

/** Who asks, and what they may do. */
export interface Access {
  /** Name of the key; null where none is asked for. */
  readonly name: string | null;
  readonly scopes: ReadonlySet<Scope>;
}

/** On loopback without keys: whoever can reach it may do everything. */
export const LOCAL_ACCESS: Access = { name: null, scopes: new Set(SCOPES) };

const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** The keys of an access keys file: `name scope sha256` a line, `#` begins a comment. Secrets are nowhere in it. */
export class AccessKeys {
  private constructor(private readonly byDigest: ReadonlyMap<string, Access>) {}

  /** Answers every line that is wrong, by its number. A file without a key is one that nobody can use: refused. */
  static parse(text: string): Result<AccessKeys, readonly string[]> {
    const keys = new Map<string, Access>();
    const names = new Set<string>();
    const faults: string[] = [];
    for (const [index, line] of text.split(/\r?\n/).entries()) {
      const content = line.replace(/#.*$/, '').trim();
      if (content === '') continue;
      const [name = '', scope = '', digest = '', ...rest] = content.split(/\s+/);
      const rank = SCOPES.indexOf(scope as Scope);
      const where = `line ${index + 1}`;
      if (rest.length > 0) faults.push(`${where}: it has more than a name, a scope and a SHA-256`);
      else if (!NAME.test(name)) faults.push(`${where}: a name is 1 to 64 letters, digits and . _ -`);
      else if (names.has(name)) faults.push(`${where}: ${name} is there twice`);
      else if (rank < 0) faults.push(`${where}: the scope of ${name} is none of ${SCOPES.join(', ')}`);
      else if (!DIGEST.test(digest))
        faults.push(`${where}: the SHA-256 of ${name} is not 64 lower-case hexadecimal digits`);
      else if (keys.has(digest)) faults.push(`${where}: ${name} has the key of another name`);
      else keys.set(digest, { name, scopes: new Set(SCOPES.slice(0, rank + 1)) });
      names.add(name);
    }
    if (keys.size === 0 && faults.length === 0) faults.push('there is no key in it');
    return faults.length > 0 ? err(faults) : ok(new AccessKeys(keys));
  }

  get size(): number {
    return this.byDigest.size;
  }

  /** Null for a secret that is no key's. Looked up by its digest, so the time it takes says nothing of the keys. */
  authenticate(secret: string): Access | null {
    return SECRET.test(secret) ? (this.byDigest.get(digestOf(secret)) ?? null) : null;
  }
}

/** A new key: the secret, which is shown once, and the line for the file. */
export function newAccessKey(
  name: string,
  scope: Scope,
  randomBytes: (size: number) => Buffer,
): Result<{ readonly secret: string; readonly line: string }, string> {
  if (!NAME.test(name)) return err(`${name.slice(0, 80)} is no name: 1 to 64 letters, digits and . _ -`);
  const secret = `tg_${randomBytes(PREFIX_BYTES).toString('hex')}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return ok({ secret, line: `${name} ${scope} ${digestOf(secret)}` });
}
