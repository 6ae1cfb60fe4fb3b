// One process of the program reduced to the event log: a writer or a consumer, made to be killed. Runs the TypeScript
// sources as they are (node --experimental-transform-types). Says on standard output, a line of JSON each, what it has done.
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) => {
    const ours = specifier.startsWith('.') && !context.parentURL?.includes('/node_modules/');
    return next(ours ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
const { runChild } = await import('./event-log-roles.ts');
await runChild(JSON.parse(process.argv[2]), (message) => process.stdout.write(`${JSON.stringify(message)}\n`));
