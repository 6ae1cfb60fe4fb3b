import { registerHooks } from 'node:module';

// Loaded into a worker before its entry where the program runs from its sources (tests). Node strips types by itself,
// but looks for the `.js` that an import names; this sends a relative import of a source file to the `.ts` beside it.
// Code that a worker imports must be erasable TypeScript: no parameter properties, no enums.
registerHooks({
  resolve(specifier, context, nextResolve) {
    const isBetweenSources = specifier.startsWith('.') && /[.]ts([?]|$)/.test(context.parentURL ?? '');
    return nextResolve(isBetweenSources ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
