import { randomBytes } from 'node:crypto';
import { newAccessKey } from '../api/access-keys.js';
import type { Scope } from '../resolvers/context.js';

/** `npx tradegraph keys new`: the line on standard output, to be appended to the file; the secret beside it, once. */
export function makeKey(name: string, scope: Scope): void {
  const key = newAccessKey(name, scope, randomBytes);
  if (!key.ok) {
    process.stderr.write(`tradegraph: ${key.error}\n`);
    process.exitCode = 1;
    return;
  }
  const { secret, line } = key.value;
  process.stderr.write(
    `The key of ${name}, shown this once and stored nowhere:\n\n    ${secret}\n\nAppend to ACCESS_KEYS_FILE:\n\n`,
  );
  process.stdout.write(`${line}\n`);
}
