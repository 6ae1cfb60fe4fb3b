import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import express, { Router } from 'express';
import { restrictToSelf } from './content-security.js';

/** An operation that the playground opens with. */
export interface PlaygroundExample {
  readonly name: string;
  readonly query: string;
  /** JSON text. */
  readonly variables?: string;
}

export interface PlaygroundOptions {
  /** Where it is served, without a slash at the end. */
  readonly path?: string;
  readonly examples: readonly PlaygroundExample[];
}

// CommonJS with types that do not say so: required, so that its exports are what they are.
const altair = createRequire(import.meta.url)('altair-static') as typeof import('altair-static');
const INITIAL_OPTIONS = 'initial-options.js';

/** Altair out of node_modules. Everything it loads comes from this server; the CSP holds it to that. */
export function playgroundRouter({ path = '/playground', examples }: PlaygroundOptions): Router {
  const html = altair.renderAltair({ baseURL: `${path}/`, serveInitialOptionsInSeperateRequest: INITIAL_OPTIONS });
  const router = Router();
  router.use(path, (request, response, next) => {
    restrictToSelf(response, { inlineStyles: true });
    if (altair.isSandboxFrame(request.path)) response.setHeader('content-security-policy', altair.SANDBOX_FRAME_CSP);
    next();
  });
  router.get(path, (_request, response) => {
    response.type('html').send(html);
  });
  router.get(`${path}/${INITIAL_OPTIONS}`, (request, response) => {
    // Altair takes whole URLs only, so they are made of the name that the browser knows this server by.
    response
      .type('text/javascript')
      .send(altair.renderInitSnippet(altairOptions(examples, request.headers.host ?? '')));
  });
  // Without index: its own index.html knows neither our base nor our options.
  router.use(path, express.static(altair.getDistDirectory(), { index: false, redirect: false }));
  return router;
}

function altairOptions(examples: readonly PlaygroundExample[], host: string) {
  const windows = examples.map(({ name, query, variables = '{}' }) => ({
    initialName: name,
    initialQuery: query,
    initialVariables: variables,
  }));
  const endpoints = {
    endpointURL: `http://${host}/graphql`,
    subscriptionsEndpoint: `ws://${host}/graphql`,
    subscriptionsProtocol: 'graphql-ws',
    initialSubscriptionRequestHandlerId: 'graphql-ws' as const,
  };
  // A namespace of its own for each set of examples: the browser keeps windows, and would go on showing old ones.
  const version = createHash('sha256').update(JSON.stringify(examples)).digest('hex').slice(0, 8);
  return {
    ...endpoints,
    initialWindows: windows.map((window) => ({ ...endpoints, ...window })),
    instanceStorageNamespace: `tradegraph-${version}-`,
    preserveState: true,
    disableAccount: true,
    initialSettings: {
      theme: 'dark',
      language: 'en-US' as const,
      addQueryDepthLimit: 3,
      tabSize: 2,
      'alert.disableUpdateNotification': true,
      'banners.disable': true,
      disablePushNotification: true,
      'schema.reloadOnStart': true,
    },
  };
}
