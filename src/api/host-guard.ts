import type { IncomingMessage } from 'node:http';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The addresses the server may be bound to without access keys. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/**
 * Whether a request was meant for this server. Without access keys, a web page elsewhere could otherwise trade through
 * the user's browser: by a name of its own that resolves to 127.0.0.1 (the Host header then holds that name), or by a
 * websocket, which browsers open across origins (the Origin header then holds the page's).
 */
export function isOwnHost(request: IncomingMessage): boolean {
  const host = request.headers.host;
  if (host === undefined || !LOOPBACK_NAMES.has(hostName(host))) return false;
  const { origin } = request.headers;
  return origin === undefined || origin === `http://${host}`;
}

/**
 * Whether a page of this server, or no page at all, made the request. Enough where access keys are asked for: a page
 * elsewhere has none, and browsers send none by themselves.
 */
export function isOwnOrigin(request: IncomingMessage): boolean {
  const { host, origin } = request.headers;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}

const hostName = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();
