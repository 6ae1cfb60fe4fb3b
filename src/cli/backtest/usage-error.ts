/** An option that is missing or has a value that is not allowed. The message names the option and the limit. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
