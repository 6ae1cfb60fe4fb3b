/** An error whose message is written for the person at the terminal: what happened, and what to do. */
export class ExplainedError extends Error {
  override readonly name = 'ExplainedError';
}
