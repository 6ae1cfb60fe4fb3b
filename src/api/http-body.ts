import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { GraphQLError } from 'graphql';
import { refusal } from './errors.js';

/** Largest body of a request, bytes. */
export const BODY_BYTES = 102_400;

const requireJson: RequestHandler = (request, response, next) => {
  if (request.method !== 'POST' || request.is('application/json')) return next();
  const value = request.headers['content-type'] ?? null;
  const error = refusal('UNSUPPORTED_MEDIA_TYPE', 'A POST must have content-type application/json.', { value });
  response.status(415).json({ errors: [error] });
};

/** Reads a JSON body; a POST with any other kind is refused. */
export const readBody = (): RequestHandler[] => [
  requireJson,
  express.json({ limit: BODY_BYTES, strict: true, inflate: true }),
];

/** Bodies that could not be read are answered as GraphQL errors, as everything else at the endpoint is. */
export const answerBodyErrors: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const answer = bodyError(error);
  if (!answer || response.headersSent) return next(error);
  response.status(answer.status).json({ errors: [answer.error] });
};

function bodyError(error: unknown): { status: number; error: GraphQLError } | null {
  if (!(error instanceof Error) || !('type' in error)) return null;
  const value = 'length' in error && typeof error.length === 'number' ? error.length : null;
  switch (error.type) {
    case 'entity.too.large': {
      const message = `The body is too large: ${BODY_BYTES} bytes are allowed.`;
      return { status: 413, error: refusal('BODY_TOO_LARGE', message, { limit: BODY_BYTES, value }) };
    }
    case 'entity.parse.failed':
      return {
        status: 400,
        error: refusal('INVALID_JSON', `The body is not valid JSON: ${error.message.slice(0, 200)}`),
      };
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return { status: 415, error: refusal('UNSUPPORTED_MEDIA_TYPE', error.message) };
    default:
      return { status: 400, error: refusal('BAD_REQUEST', 'The body could not be read.') };
  }
}
