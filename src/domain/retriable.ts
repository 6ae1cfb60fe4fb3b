const CAUSES_FOLLOWED_MAX = 5;

/**
 * True for an error that says of itself, by `retriable`, that it speaks of the moment and not of the work: the same may well
 * succeed when it is done again later. An error that says nothing is asked for its cause.
 */
export function isRetriable(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < CAUSES_FOLLOWED_MAX && current instanceof Error; depth += 1) {
    if ('retriable' in current) return current.retriable === true;
    current = current.cause;
  }
  return false;
}
