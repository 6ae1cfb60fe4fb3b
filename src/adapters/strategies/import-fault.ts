import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const CHECK_DEADLINE_MS = 5_000;

/** Why a module could not be imported: `/path/file.ts:12: what is wrong`, with the line where it can be told. */
export function importFault(path: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const at = placeIn(stack, path);
  if (at !== null) return `${at}: ${message}`;
  return (error instanceof SyntaxError ? syntaxFault(path) : null) ?? `${path}: ${message}`;
}

/** The first place that a stack names outside of Node and of this program; else its first one in `path`. */
function placeIn(stack: string, path: string): string | null {
  const found = /(file:\/\/[^\s()?]+?)(?:\?[^\s():]*)?:(\d+)/.exec(stack);
  if (found?.[1] !== undefined && !found[1].includes('/adapters/strategies/'))
    return `${fileURLToPath(found[1])}:${found[2]}`;
  const after = stack.split(path)[1];
  const line = after === undefined ? undefined : /^(?:\?[^\s():]*)?:(\d+)/.exec(after)?.[1];
  return line === undefined ? null : `${path}:${line}`;
}

/** Compiles standard input as a module without running it; V8 then names the line on standard error. */
const COMPILE = `
  const { readFileSync } = require('node:fs');
  const { stripTypeScriptTypes } = require('node:module');
  const { SourceTextModule } = require('node:vm');
  const source = readFileSync(0, 'utf8');
  new SourceTextModule(process.argv[1] === '.ts' ? stripTypeScriptTypes(source) : source, { identifier: 'strategy' });
`;

/** V8 tells the line of a syntax error to nobody but the terminal: so another Node compiles the file once more. */
function syntaxFault(path: string): string | null {
  const options = ['--no-warnings', '--experimental-vm-modules', '--input-type=commonjs'];
  const { stderr } = spawnSync(process.execPath, [...options, '-e', COMPILE, extname(path).replace('m', '')], {
    input: readFileSync(path),
    encoding: 'utf8',
    timeout: CHECK_DEADLINE_MS,
  });
  const line = /^strategy:(\d+)/m.exec(stderr)?.[1];
  const what = /^SyntaxError: (.*)$/m.exec(stderr)?.[1];
  return line === undefined || what === undefined ? null : `${path}:${line}: ${what}`;
}

export const moduleUrl = (path: string, version: string): string =>
  `${pathToFileURL(path).href}${version === '' ? '' : `?${version}`}`;
