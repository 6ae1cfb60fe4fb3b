import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import express, { Router } from 'express';
import { restrictToSelf } from './content-security.js';

export interface PageOptions {
  /** Directory of the page's own files; its index.html is served at `/`. */
  readonly directory: string;
  /** False where health and metrics are not answered beside the page: its links to them are left out. True when left out. */
  readonly showsHealth?: boolean;
}

/** Links that only hold where health and metrics are answered beside the page. */
const HEALTH_LINKS = /[ \t]*<a href="\/(?:readyz|metrics)">[^<]*<\/a>\r?\n/g;

/** Our page at `/` and its libraries below `/vendor/`, under a policy that lets it reach nothing but this server. */
export function pageRouter({ directory, showsHealth = true }: PageOptions): Router {
  const router = Router();
  for (const { path, text } of vendorFiles()) {
    router.get(path, (_request, response) => {
      response.setHeader('x-content-type-options', 'nosniff');
      response.type('text/javascript').send(text);
    });
  }
  const index = join(directory, 'index.html');
  const html = existsSync(index) ? readFileSync(index, 'utf8') : '';
  const scriptHashes = inlineScriptHashes(html);
  if (!showsHealth) {
    router.get(['/', '/index.html'], (_request, response) => {
      restrictToSelf(response, { inlineStyles: true, scriptHashes });
      response.type('text/html').send(html.replace(HEALTH_LINKS, ''));
    });
  }
  router.use(
    express.static(directory, {
      dotfiles: 'ignore',
      redirect: false,
      setHeaders: (response) => restrictToSelf(response, { inlineStyles: true, scriptHashes }),
    }),
  );
  return router;
}

/** Scripts that stand in the page itself, as the import map does: the policy allows them by their SHA-256. */
function inlineScriptHashes(html: string): string[] {
  return [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, text = '']) =>
    createHash('sha256').update(text).digest('base64'),
  );
}

/** The libraries' browser files out of node_modules: these and no others. */
function vendorFiles(): { path: string; text: string }[] {
  const charts = 'dist/lightweight-charts.standalone.production.mjs';
  const client = readPackageFile('graphql-ws', 'dist/client.js');
  // Its shared chunk has a name that changes with each release.
  const chunks = new Set([...client.matchAll(/from '\.\/([\w-]+\.js)'/g)].map(([, chunk = '']) => chunk));
  return [
    { path: '/vendor/lightweight-charts/lightweight-charts.js', text: readPackageFile('lightweight-charts', charts) },
    { path: '/vendor/graphql-ws/client.js', text: client },
    ...[...chunks].map((chunk) => ({
      path: `/vendor/graphql-ws/${chunk}`,
      text: readPackageFile('graphql-ws', `dist/${chunk}`),
    })),
  ];
}

/** Looked for as Node does: `exports` may close a package's files, and the package may lie in any node_modules above. */
function readPackageFile(name: string, file: string): string {
  for (const directory of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const path = join(directory, name, file);
    if (existsSync(path)) return readFileSync(path, 'utf8');
  }
  throw new Error(`${name} has no file ${file}: run npm ci`);
}
