import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { BarHistory, BarLoader, BarRange, LoadedBars } from '../../ports/bar-history.js';
import { fileState, readCacheFile, writeCacheFile } from './cache-file.js';
import { dataHash } from './data-hash.js';

export interface CachedBarLoaderOptions {
  readonly history: BarHistory;
  /** Made when it is not there. */
  readonly directory: string;
  /** The files used least recently are removed above it; 2 GB (some forty million bars) when left out. */
  readonly maxBytes?: number;
  /** Told what kept a file from being read or written. A load never fails for it: the database has the bars. */
  readonly onFault?: (path: string, error: unknown) => void;
}

/** One for the service and the command line: what one of them has read, the other finds. */
export const barCacheDirectory = (home: string): string => join(home, 'cache');

const MAX_BYTES = 2e9;
const ENDING = '.bars';
const TEMPORARY_ENDING = '.tmp';
/** Nobody writes a file for so long: what is left of a process that was killed. */
const ABANDONED_AFTER_MS = 3_600_000;

/**
 * Bars from files of columns while the database says that they are unchanged, else from the database, which makes a new
 * file in place of the old one. A file is named after its range and the version of its bars, so a correction is a new file.
 */
export class CachedBarLoader implements BarLoader {
  private readonly options: CachedBarLoaderOptions;
  /** Files that were read and found right, by path, as they stood afterwards. */
  private readonly checked = new Map<string, string>();

  constructor(options: CachedBarLoaderOptions) {
    this.options = options;
  }

  async load(range: BarRange): Promise<LoadedBars> {
    // Before the bars: they may be newer than it says, never older, and a newer version is never looked for under it.
    const version = await this.options.history.version(range);
    const entry = this.entryOf(range, version);
    const cached = await this.cached(entry, range);
    if (cached !== null) return { ...cached, origin: 'CACHE' };
    const series = await this.options.history.read(range);
    const loaded: LoadedBars = { series, dataHash: dataHash(series), origin: 'DATABASE' };
    if (series.timestamps.length > 0) await this.store(entry, loaded);
    return loaded;
  }

  private entryOf({ symbol, timeframe, from, to }: BarRange, version: string): Entry {
    const rangeHash = sha256(JSON.stringify([symbol, timeframe, from, to]));
    const keyHash = sha256(JSON.stringify([symbol, timeframe, from, to, version]));
    // Symbols may hold what no file name may.
    const prefix = `${encodeURIComponent(symbol)}.${timeframe}.${rangeHash.toString('hex').slice(0, 16)}.`;
    const name = `${prefix}${keyHash.toString('hex').slice(0, 24)}${ENDING}`;
    return { prefix, name, path: join(this.options.directory, name), keyHash };
  }

  private async cached(entry: Entry, { symbol, timeframe }: BarRange) {
    try {
      const checkedState = this.checked.get(entry.path) ?? null;
      const cached = await readCacheFile(entry.path, entry.keyHash, symbol, timeframe, checkedState);
      await this.noteUse(entry.path);
      return cached;
    } catch (error) {
      if (!isCode(error, 'ENOENT')) {
        this.options.onFault?.(entry.path, error);
        await rm(entry.path, { force: true }).catch(() => undefined);
      }
      return null;
    }
  }

  /** Of a file that was found right. It was used last, which changes its state. */
  private async noteUse(path: string): Promise<void> {
    try {
      const now = new Date();
      await utimes(path, now, now);
      this.checked.set(path, fileState(await stat(path, { bigint: true })));
    } catch {
      this.checked.delete(path);
    }
  }

  private async store(entry: Entry, loaded: LoadedBars): Promise<void> {
    try {
      await mkdir(this.options.directory, { recursive: true, mode: 0o700 });
      await writeCacheFile(entry.path, entry.keyHash, loaded);
      await this.tidy(entry);
    } catch (error) {
      this.options.onFault?.(entry.path, error);
    }
  }

  /** Removes the older versions of a range, what a killed process left, and above the limit what was not used for longest. */
  private async tidy(entry: Entry): Promise<void> {
    const { directory, maxBytes = MAX_BYTES } = this.options;
    const names = await readdir(directory);
    const files = await Promise.all(
      names.map(async (name) => ({ name, found: await stat(join(directory, name)).catch(() => null) })),
    );
    const now = Date.now();
    let bytes = 0;
    const newestFirst = files
      .flatMap(({ name, found }) => (found?.isFile() ? [{ name, size: found.size, usedAt: found.mtimeMs }] : []))
      .toSorted((a, b) => b.usedAt - a.usedAt);
    for (const { name, size, usedAt } of newestFirst) {
      const isBars = name.endsWith(ENDING);
      const isReplaced = isBars && name.startsWith(entry.prefix) && name !== entry.name;
      const isAbandoned = name.endsWith(TEMPORARY_ENDING) && now - usedAt > ABANDONED_AFTER_MS;
      if (isBars && !isReplaced) bytes += size;
      if (isReplaced || isAbandoned || (isBars && bytes > maxBytes)) {
        this.checked.delete(join(directory, name));
        await rm(join(directory, name), { force: true });
      }
    }
  }
}

interface Entry {
  readonly prefix: string;
  readonly name: string;
  readonly path: string;
  readonly keyHash: Buffer;
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
