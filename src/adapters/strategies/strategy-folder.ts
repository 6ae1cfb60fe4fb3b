import { readdir, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import type { StrategyReference } from '../../domain/backtest.js';
import { err, ok, type Result } from '../../domain/result.js';
import { BUILT_IN_STRATEGIES } from '../../engines/strategies/catalogue.js';
import type { StrategyDefinition } from '../../engines/strategies/strategy.js';
import { loadStrategyFile, STRATEGY_ENDINGS, StrategyNotLoadedError } from './load-strategy.js';
import { probeStrategy } from './probe-strategy.js';

export interface LibraryEntry {
  readonly definition: StrategyDefinition;
  readonly reference: StrategyReference;
}

export interface LibraryRefusal {
  readonly code: 'UNKNOWN_STRATEGY' | 'STRATEGY_NOT_LOADED';
  readonly message: string;
  readonly limit?: string;
  readonly value: string;
}

/** A file of the folder that is no strategy, and why. */
export interface UnusableFile {
  readonly path: string;
  readonly fault: string;
}

/** A folder is searched up to here; beyond it somebody has pointed to the wrong one. */
const FILES_MAX = 200;

/**
 * The built-in strategies and those in a folder of the user's, which is looked at anew each time: a file that was dropped
 * in is there. Each version of a file is first imported in a thread of its own, so that one that loops for ever or ends
 * its thread harms nobody.
 */
export class StrategyFolder {
  private readonly directory: string;
  private readonly verdicts = new Map<string, { readonly version: string; readonly fault: string | null }>();

  /** @param directory need not be there */
  constructor(directory: string) {
    this.directory = resolve(directory);
  }

  /** In alphabetic order; those that cannot be loaded are left out. */
  async list(): Promise<readonly LibraryEntry[]> {
    return (await this.read()).entries.toSorted((a, b) => (a.definition.name < b.definition.name ? -1 : 1));
  }

  /** The files that are no strategies. */
  async unusable(): Promise<readonly UnusableFile[]> {
    return (await this.read()).unusable;
  }

  async find(name: string): Promise<Result<LibraryEntry, LibraryRefusal>> {
    const builtIn = BUILT_IN_ENTRIES.find(({ definition }) => definition.name === name);
    if (builtIn !== undefined) return ok(builtIn);
    const { entries, unusable } = await this.read();
    const found = entries.find(({ definition }) => definition.name === name);
    if (found !== undefined) return ok(found);
    const value = name.slice(0, 100);
    const broken = unusable.find(({ path }) => STRATEGY_ENDINGS.some((ending) => path.endsWith(`/${name}${ending}`)));
    if (broken !== undefined) return err({ code: 'STRATEGY_NOT_LOADED', message: `strategy: ${broken.fault}`, value });
    const names = entries
      .map(({ definition }) => definition.name)
      .toSorted()
      .join(', ');
    const message = `strategy: there is no strategy "${value}"; there are: ${names}`;
    return err({ code: 'UNKNOWN_STRATEGY', message, limit: names, value });
  }

  private async read(): Promise<{
    readonly entries: readonly LibraryEntry[];
    readonly unusable: readonly UnusableFile[];
  }> {
    const entries: LibraryEntry[] = [...BUILT_IN_ENTRIES];
    const unusable: UnusableFile[] = [];
    for (const path of await this.files()) {
      const loaded = await this.load(path);
      if (!loaded.ok) {
        unusable.push({ path, fault: loaded.error });
        continue;
      }
      const taken = entries.find(({ definition }) => definition.name === loaded.value.name);
      if (taken === undefined) entries.push({ definition: loaded.value, reference: { kind: 'FILE', path } });
      else unusable.push({ path, fault: `${path}: name: ${loaded.value.name} is ${whoseName(taken)}` });
    }
    return { entries, unusable };
  }

  private async files(): Promise<readonly string[]> {
    const names = await readdir(this.directory).catch(() => []);
    return names
      .filter((name) => STRATEGY_ENDINGS.includes(extname(name)) && !name.endsWith('.d.ts') && !name.startsWith('.'))
      .toSorted()
      .slice(0, FILES_MAX)
      .map((name) => join(this.directory, name));
  }

  private async load(path: string): Promise<Result<StrategyDefinition, string>> {
    const found = await stat(path).catch(() => null);
    if (found === null) return err(`there is no file ${path}`);
    const version = `${found.mtimeMs} ${found.size}`;
    let verdict = this.verdicts.get(path);
    if (verdict?.version !== version) {
      verdict = { version, fault: await probeStrategy(path) };
      this.verdicts.set(path, verdict);
    }
    if (verdict.fault !== null) return err(verdict.fault);
    try {
      return ok(await loadStrategyFile(path));
    } catch (error) {
      if (error instanceof StrategyNotLoadedError) return err(error.message);
      throw error;
    }
  }
}

const BUILT_IN_ENTRIES: readonly LibraryEntry[] = BUILT_IN_STRATEGIES.map((definition) => ({
  definition,
  reference: { kind: 'BUILT_IN', name: definition.name },
}));

const whoseName = ({ reference }: LibraryEntry): string =>
  reference.kind === 'BUILT_IN' ? 'the name of a built-in strategy' : `the name of ${reference.path}`;
