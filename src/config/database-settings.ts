import { z } from 'zod';
import { setting, wholeNumber } from './setting.js';

/** Longer than anything the program asks for by itself; for as long may one statement keep its rows locked. */
const LONGEST_SECONDS = 3_600;
const seconds = (byDefault: number) => setting(z.coerce.number().min(1).max(LONGEST_SECONDS).default(byDefault));

export const databaseSettings = {
  DATABASE_URL: setting(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must look like postgres://user:password@host:port/database')
      .refine((text) => URL.canParse(text), 'is no URL: percent-encode special characters of user and password')
      .optional(),
  ),
  /** Kept apart from the URL, as a secret is; replaces the URL's own. */
  DATABASE_PASSWORD: setting(z.string().optional()),
  /** PEM of the authorities that the server's certificate is checked against; asks for TLS. */
  DATABASE_CA_FILE: setting(z.string().optional()),
  DATABASE_POOL_SIZE: setting(wholeNumber(4, 200).default(20)),
  /** How long a database that is away at the start is waited for. */
  DATABASE_WAIT_SECONDS: setting(z.coerce.number().min(0).max(LONGEST_SECONDS).default(60)),
  DATABASE_CONNECT_SECONDS: seconds(10),
  DATABASE_STATEMENT_SECONDS: seconds(60),
  DATABASE_LOCK_SECONDS: seconds(15),
  DATABASE_IDLE_IN_TRANSACTION_SECONDS: seconds(60),
  /** On our side, for a connection that has gone silent: somewhat longer than a statement may take. */
  DATABASE_QUERY_SECONDS: seconds(70),
};

interface DatabaseAddress {
  readonly DATABASE_URL?: string | undefined;
  readonly DATABASE_PASSWORD?: string | undefined;
  readonly DATABASE_CA_FILE?: string | undefined;
}

/** What these modes mean to libpq differs by what else is set; here TLS is checked, or asked for without a check. */
const CHECKED_MODES = ['prefer', 'require', 'verify-ca'];

/**
 * The one URL that every connection is opened with: the password put in, and TLS said in words that mean the same to
 * all drivers (`verify-full` with a check of the certificate, `no-verify` without). Undefined for the embedded database.
 */
export function databaseUrl({
  DATABASE_URL,
  DATABASE_PASSWORD,
  DATABASE_CA_FILE,
}: DatabaseAddress): string | undefined {
  if (DATABASE_URL === undefined) return undefined;
  const url = new URL(DATABASE_URL);
  if (DATABASE_PASSWORD !== undefined) url.password = encodeURIComponent(DATABASE_PASSWORD);
  const mode = url.searchParams.get('sslmode');
  if (DATABASE_CA_FILE !== undefined) url.searchParams.set('sslrootcert', DATABASE_CA_FILE);
  if (CHECKED_MODES.includes(mode ?? '') || (mode === null && url.searchParams.has('sslrootcert'))) {
    url.searchParams.set('sslmode', 'verify-full');
  }
  return url.href;
}
