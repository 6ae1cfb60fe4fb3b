/** Why a call of kafkajs failed, in a line; the cause of its wrappers where they have one. */
export function kafkaReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  // Without its number of retries and its name, which is the same for all.
  return cause.message === '' ? cause.name : cause.message;
}
