import { resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Whether an error that nobody caught comes out of a strategy of the user's: a promise that it did not wait for, or a timer.
 * What the strategy decided is not touched by it, so it is no reason to end the program.
 * @param directory of the user's strategies
 */
export function isStrayError(error: unknown, directory: string): boolean {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack.includes(pathToFileURL(resolve(directory) + sep).href);
}
