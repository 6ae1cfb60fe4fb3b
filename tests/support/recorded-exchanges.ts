import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Recorded data for conformance tests: not part of the project; tests that need it are skipped where it is absent. */
export const REFERENCE_DATA = process.env['REFERENCE_DATA'] ?? '../shared/reference';

interface Exchange {
  readonly request: { readonly url: string };
  readonly response: { readonly status: number; readonly bodyJson?: unknown; readonly body?: string };
}

/** Files that hold one exchange each, or null when the folder is absent. */
export function readExchanges(...folders: readonly string[]): Exchange[] | null {
  const paths = folders.map((folder) => join(REFERENCE_DATA, folder));
  if (!paths.every((path) => existsSync(path))) {
    console.warn(`skipped: no recorded exchanges in ${paths.join(', ')} (set REFERENCE_DATA)`);
    return null;
  }
  return paths.flatMap((path) =>
    readdirSync(path).map((name) => JSON.parse(readFileSync(join(path, name), 'utf8')) as Exchange),
  );
}

/** A fetch that answers out of recorded exchanges, chosen by `find`; throws when that finds none. */
export function replayExchanges(exchanges: readonly Exchange[], find: (asked: URL, recorded: URL) => boolean) {
  return (input: string | URL | Request): Promise<Response> => {
    const asked = new URL(input instanceof Request ? input.url : input);
    const exchange = exchanges.find(({ request }) => find(asked, new URL(request.url)));
    if (exchange === undefined) throw new Error(`no recorded exchange for ${asked.href}`);
    const { status, body, bodyJson } = exchange.response;
    return Promise.resolve(new Response(body ?? JSON.stringify(bodyJson), { status }));
  };
}
