import { z } from 'zod';
import { MarketDataError } from '../../ports/market-data-source.js';

/** The part of `fetch` that yahoo-finance2 uses. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

const TOO_MANY_REQUESTS = 429;
const NOT_FOUND = 404;
/** Yahoo's word for a range before the first trade or without any session. */
const NO_DATA_IN_RANGE = /^Data doesn't exist for/;

const chartFault = z.object({
  chart: z.object({ error: z.object({ code: z.string(), description: z.string().nullish() }) }),
});

/** Yahoo answered that it has no rows for the range that was asked for. */
export class NoDataInRangeError extends Error {
  override readonly name = 'NoDataInRangeError';
}

/**
 * A fetch that throws what an answer means instead of handing on a failed one: MarketDataError, or NoDataInRangeError.
 * yahoo-finance2 itself writes failed URLs to the console and turns causes into texts.
 */
export function classifyingFetch(fetch: Fetch, signal?: AbortSignal): Fetch {
  return async (input, init) => {
    const response = await ask(fetch, input, { ...init, ...(signal === undefined ? {} : { signal }) });
    if (!response.ok) throw await faultOf(response);
    return response;
  };
}

async function ask(fetch: Fetch, input: string | URL | Request, init: RequestInit): Promise<Response> {
  init.signal?.throwIfAborted();
  try {
    return await fetch(input, init);
  } catch (error) {
    init.signal?.throwIfAborted();
    throw new MarketDataError('UNAVAILABLE', `Yahoo does not answer: ${messageOf(error)}`, true);
  }
}

async function faultOf(response: Response): Promise<Error> {
  const { status } = response;
  const text = await response.text().catch(() => '');
  if (status === TOO_MANY_REQUESTS) {
    return new MarketDataError('RATE_LIMITED', 'Yahoo asks to wait (HTTP 429)', true, retryAfterMs(response));
  }
  const description = describeFault(text);
  if (description !== null && NO_DATA_IN_RANGE.test(description)) return new NoDataInRangeError(description);
  if (status === NOT_FOUND) {
    return new MarketDataError('UNKNOWN_SYMBOL', `Yahoo: ${description ?? 'not found (HTTP 404)'}`, false);
  }
  const isTheirs = status >= 500;
  return new MarketDataError('UNAVAILABLE', `Yahoo: ${description ?? 'no reason given'} (HTTP ${status})`, isTheirs);
}

/** The reason in a JSON answer, null in any other (429 is plain text, a consent page is HTML). */
function describeFault(text: string): string | null {
  try {
    const parsed = chartFault.safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data.chart.error.description ?? parsed.data.chart.error.code) : null;
  } catch {
    return null;
  }
}

function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
