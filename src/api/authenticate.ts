import type { GraphQLError } from 'graphql';
import { err, ok, type Result } from '../domain/result.js';
import { LOCAL_ACCESS, type Access, type AccessKeys } from './access-keys.js';
import { refusal } from './errors.js';

const BEARER = /^Bearer +(\S+)$/i;

/** Tells who asks: the one place for HTTP (the header) and websocket (the payload of connection_init). */
export class Authenticator {
  /** @param keys null where none are asked for: on loopback */
  constructor(private readonly keys: AccessKeys | null) {}

  get asksForKeys(): boolean {
    return this.keys !== null;
  }

  /** @param authorization the text `Bearer tg_...`; anything else is no key */
  access(authorization: unknown): Result<Access, GraphQLError> {
    if (this.keys === null) return ok(LOCAL_ACCESS);
    const secret = typeof authorization === 'string' ? BEARER.exec(authorization)?.[1] : undefined;
    const found = secret === undefined ? null : this.keys.authenticate(secret);
    if (found !== null) return ok(found);
    const what = authorization === undefined ? 'There is no access key' : 'The access key is not valid';
    return err(refusal('UNAUTHENTICATED', `${what}: send it as "Authorization: Bearer tg_..."`));
  }

  /** Over websocket the payload of connection_init has the header's name, in either case. */
  accessOfInit(payload: Readonly<Record<string, unknown>> | undefined): Result<Access, GraphQLError> {
    return this.access(payload?.['authorization'] ?? payload?.['Authorization']);
  }
}
