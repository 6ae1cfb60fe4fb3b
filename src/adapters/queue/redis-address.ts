import { isIP } from 'node:net';

/** Where a Redis is and who asks it; out of a URL that the configuration has checked. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly db: number;
  readonly isTls: boolean;
}

const PORT = 6379;

/** @param url redis:// or rediss://, as in redis://user:password@host:6379/0; user and password percent-encoded */
export function redisAddress(url: string): RedisAddress {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? PORT : Number(port),
    username: username === '' ? undefined : decodeURIComponent(username),
    password: password === '' ? undefined : decodeURIComponent(password),
    db: Number(pathname.slice(1)),
    isTls: protocol === 'rediss:',
  };
}

/** For people: never with user or password. */
export function describeAddress({ host, port, db, isTls }: RedisAddress): string {
  const shown = isIP(host) === 6 ? `[${host}]` : host;
  return `${isTls ? 'rediss' : 'redis'}://${shown}:${port}/${db}`;
}
