import { registerHooks, type ResolveHookSync } from 'node:module';

const SPECIFIER = 'tradegraph/strategy';
/** In tests the program runs from its sources, whose imports name the `.js` that a build would make of them. */
const isSource = import.meta.url.endsWith('.ts');
const AUTHORING = new URL(isSource ? './authoring.ts' : './authoring.js', import.meta.url).href;
const SOURCES = new URL('../../', import.meta.url).href;
let registered = false;

/** Lets `tradegraph/strategy` be imported from a file anywhere on the disk, and always be this very program's. */
export function resolveAuthoringImports(): void {
  if (registered) return;
  registered = true;
  registerHooks({ resolve: isSource ? resolveInSources : resolveInBuild });
}

const resolveInBuild: ResolveHookSync = (specifier, context, nextResolve) =>
  specifier === SPECIFIER ? { url: AUTHORING, shortCircuit: true } : nextResolve(specifier, context);

const resolveInSources: ResolveHookSync = (specifier, context, nextResolve) => {
  const isBetweenSources = specifier.startsWith('.') && context.parentURL?.startsWith(SOURCES) === true;
  if (isBetweenSources) return nextResolve(specifier.replace(/\.js$/, '.ts'), context);
  return resolveInBuild(specifier, context, nextResolve);
};
