import { mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';

/** Far above what a strategy is, far below what would be a folder of data that lies beside it. */
const FILE_BYTES_MAX = 1024 * 1024;
const FILES_MAX = 1_000;
const DEPTH_MAX = 4;

export interface StrategyFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly data: Buffer;
}

/**
 * The files of a folder of strategies, in order: those that declare one and those that they import. Hidden ones,
 * `node_modules` and what is larger than 1 MiB are left out. A folder that is not there has none.
 */
export async function* strategyFiles(folder: string): AsyncGenerator<StrategyFile, void> {
  let count = 0;
  for await (const path of filesBelow(folder, '', DEPTH_MAX)) {
    const place = join(folder, path);
    const found = await stat(place).catch(() => null);
    if (found === null || !found.isFile() || found.size > FILE_BYTES_MAX) continue;
    yield { path, data: await readFile(place) };
    count += 1;
    if (count === FILES_MAX) return;
  }
}

async function* filesBelow(folder: string, below: string, depth: number): AsyncGenerator<string, void> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(() => []);
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = posix.join(below, entry.name);
    if (entry.isDirectory() && depth > 1) yield* filesBelow(folder, path, depth - 1);
    else if (entry.isFile()) yield path;
  }
}

/** True for a path that stays below its folder. */
export const staysBelow = (path: string): boolean =>
  path !== '' &&
  !path.includes('\\') &&
  !path.includes('\0') &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

export type StrategyOutcome = 'WRITTEN' | 'THE_SAME' | 'KEPT';

/** Puts a strategy where it was. A file that is there stays: KEPT when it is another. */
export async function putStrategyFile(folder: string, { path, data }: StrategyFile): Promise<StrategyOutcome> {
  const place = join(folder, path);
  const found = await readFile(place).catch(() => null);
  if (found !== null) return found.equals(data) ? 'THE_SAME' : 'KEPT';
  await mkdir(dirname(place), { recursive: true });
  const file = await open(place, 'wx');
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
  return 'WRITTEN';
}
