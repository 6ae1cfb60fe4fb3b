#!/usr/bin/env -S node --v8-pool-size=1
// The entry: checks the Node version and the build before anything else is imported.
// V8's threads collect and compile for all threads of the process: four of them, for backtests, keep the API waiting (docs/benchmarks.md).
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LEAST_NODE = [22, 17];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
  console.error(
    `tradegraph: Node ${process.versions.node} is too old, ${LEAST_NODE.join('.')} or newer is needed.\n` +
      'The right one is installed with the project: start it as `npx tradegraph ...` or `npm start`, not with `node bin/tradegraph.mjs`.',
  );
  process.exit(1);
}

const entry = new URL('../dist/src/cli/cli.js', import.meta.url);
if (!existsSync(fileURLToPath(entry))) {
  console.error('tradegraph: it is not built yet: run `npm run build` in the project folder.');
  process.exit(1);
}

// GraphQL and HTTP libraries check each value twice outside production, and look when they are loaded.
process.env.NODE_ENV ??= 'production';

const { runCli } = await import(entry.href);
await runCli(process.argv);
