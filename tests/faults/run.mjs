// `npm run test:faults -- --seed 7 --faults 200 --events 100000`: hands its arguments to the harness, which runs under vitest.
// What it does not know goes to vitest as it is (a reporter, a name of a test).
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const VARIABLES = {
  '--seed': 'FAULT_SEED',
  '--faults': 'FAULT_COUNT',
  '--events': 'FAULT_EVENTS',
  '--input': 'FAULT_INPUT',
  '--keep': 'FAULT_DIRECTORY',
};

const environment = { ...process.env };
const others = [];
const words = process.argv.slice(2).flatMap((word) => (word.startsWith('--') ? splitOnce(word) : [word]));
for (let index = 0; index < words.length; index += 1) {
  const variable = VARIABLES[words[index]];
  if (words[index] === '--services') environment.FAULT_SERVICES = 'yes';
  else if (variable === undefined) others.push(words[index]);
  else environment[variable] = words[(index += 1)] ?? '';
}

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const child = spawn(process.execPath, [vitest, 'run', '--config', 'vitest.faults.config.ts', ...others], {
  env: environment,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('close', (code) => process.exit(code ?? 1));

/** `--seed=7` is `--seed 7`; an option of vitest stays one word. */
function splitOnce(word) {
  const at = word.indexOf('=');
  const name = word.slice(0, at);
  return at > 0 && VARIABLES[name] !== undefined ? [name, word.slice(at + 1)] : [word];
}
