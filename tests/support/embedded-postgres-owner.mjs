// A Tradegraph reduced to its database: starts (or adopts) the embedded PostgreSQL, says so on standard output as one line
// of JSON, and holds it until it is killed or its standard input ends. Runs the TypeScript sources as they are, in a
// process of its own, so that a test can kill it or run it as another user.
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) => {
    const ours = specifier.startsWith('.') && !context.parentURL?.includes('/node_modules/');
    return next(ours ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const { startEmbeddedPostgres } = await import('../../src/adapters/postgres/embedded/index.ts');
const options = JSON.parse(process.argv[2]);
try {
  const server = await startEmbeddedPostgres({ ...options, onStep: (step) => say({ step }) });
  const { connectionString, adopted, pid } = server;
  say({ ready: { connectionString, adopted, pid } });
  process.stdin.once('end', () => void server.stop()).resume();
} catch (error) {
  say({ failed: { name: error.name, code: error.code, message: error.message, ownerPid: error.ownerPid } });
}
