import { z } from 'zod';
import { setting } from './setting.js';

const ENDPOINT_FORM = 'must be the base URL of an OTLP/HTTP receiver, like http://localhost:4318 (/v1/traces is added)';
const HEADERS_FORM = 'must be name=value, several separated by commas';

const isHttp = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text);

const headers = z
  .string()
  .transform((text) => text.split(',').map((pair) => /^\s*([\w-]+)\s*=\s*(\S.*?)\s*$/.exec(pair)))
  .refine((pairs) => pairs.every((pair) => pair !== null), { error: HEADERS_FORM })
  .transform((pairs) => Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', pair[2] ?? '']] : []))));

export const tracingSettings = {
  /** Where traces are sent; no tracing when left out. */
  TRACING_ENDPOINT: setting(z.string().refine(isHttp, { error: ENDPOINT_FORM }).optional()),
  /** Sent along with them, as receivers ask for to know who sends. */
  TRACING_HEADERS: setting(headers.optional()),
  /** Share of traces that are kept, 0 to 1; the same traces in every process that has the same share. */
  TRACING_SAMPLE_RATIO: setting(z.coerce.number().min(0).max(1).default(1)),
};
