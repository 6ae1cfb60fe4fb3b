import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { invariant } from '../domain/result.js';
import type { Access } from './access-keys.js';
import type { Authenticator } from './authenticate.js';
import { refusal } from './errors.js';
import { isOwnHost, isOwnOrigin } from './host-guard.js';

/** Who may ask over HTTP: where no keys are asked for, this machine alone; else whoever has one. */
export class HttpGate {
  private readonly accesses = new WeakMap<IncomingMessage, Access>();

  constructor(private readonly authenticator: Authenticator) {}

  readonly refuseStrangers: RequestHandler = (request, response, next) => {
    const isFromHere = this.authenticator.asksForKeys ? isOwnOrigin(request) : isOwnHost(request);
    if (isFromHere) return next();
    const value = { host: request.headers.host ?? null, origin: request.headers.origin ?? null };
    const text = this.authenticator.asksForKeys
      ? 'Requests must come from a page of this server, or from no page.'
      : 'Requests must be made to a loopback address, from a page of its own.';
    response.status(403).json({ errors: [refusal('FORBIDDEN_HOST', text, { value })] });
  };

  readonly askForKey: RequestHandler = (request, response, next) => {
    const access = this.authenticator.access(request.headers.authorization);
    if (access.ok) {
      this.accesses.set(request, access.value);
      return next();
    }
    response
      .status(401)
      .set('WWW-Authenticate', 'Bearer')
      .json({ errors: [access.error] });
  };

  /** Of a request that `askForKey` has let through. */
  accessOf(request: IncomingMessage): Access {
    const access = this.accesses.get(request);
    invariant(access !== undefined, 'the request has passed the gate');
    return access;
  }
}
