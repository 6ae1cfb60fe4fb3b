import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { BACKTEST_EXPORTS, backtestExportPath, type BacktestExport } from '../domain/backtest-exports.js';
import type { BacktestExporter } from '../ports/backtest-exporter.js';
import { isUuid } from '../resolvers/arguments.js';

/** A client that takes nothing for so long holds a thread in vain. */
const IDLE_MS = 120_000;

const TYPES: Readonly<Record<BacktestExport, string>> = {
  'report.html': 'text/html; charset=utf-8',
  'result.json': 'application/json; charset=utf-8',
  'equity.csv': 'text/csv; charset=utf-8',
  'trades.csv': 'text/csv; charset=utf-8',
};

/**
 * The report has its scripts in itself, and texts of a strategy's author. The sandbox gives it an origin of its own, so
 * that nothing in it can speak to this server; the rest lets it reach nobody else.
 */
const REPORT_POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-scripts',
].join('; ');

/** The files of finished backtests below `/backtests/<id>/`. */
export function backtestExportsRouter({ exporter }: { readonly exporter: BacktestExporter }): Router {
  const router = Router();
  for (const file of BACKTEST_EXPORTS) {
    router.get(backtestExportPath(':id', file), async (request, response) => {
      const id = String(request.params['id']);
      const gone = new AbortController();
      response.setTimeout(IDLE_MS, () => response.destroy());
      response.once('close', () => gone.abort(new Error('the client has gone')));
      try {
        const opened = isUuid(id) ? await exporter.open(id.toLowerCase(), file, gone.signal) : UNKNOWN;
        switch (opened.kind) {
          case 'UNKNOWN':
            return notFound(response, `There is no backtest "${id.slice(0, 100)}".`);
          case 'NO_RESULT':
            return notFound(response, `Backtest ${id} has no result: it is ${opened.status}.`);
          case 'PARTS':
            setHeaders(response, id, file);
            return await pipeline(Readable.from(opened.parts, { objectMode: true }), response);
        }
      } catch (error) {
        if (!gone.signal.aborted) throw error;
      }
    });
  }
  return router;
}

const UNKNOWN = { kind: 'UNKNOWN' } as const;

function notFound(response: ServerResponse, text: string): void {
  response.statusCode = 404;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.setHeader('x-content-type-options', 'nosniff');
  response.end(`${text}\n`);
}

function setHeaders(response: ServerResponse, id: string, file: BacktestExport): void {
  response.setHeader('content-type', TYPES[file]);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('content-security-policy', file === 'report.html' ? REPORT_POLICY : "default-src 'none'; sandbox");
  // A backtest may be deleted, but never changes.
  response.setHeader('cache-control', 'private, no-cache');
  const how = file.endsWith('.csv') ? 'attachment' : 'inline';
  response.setHeader('content-disposition', `${how}; filename="backtest-${id}-${file}"`);
}
