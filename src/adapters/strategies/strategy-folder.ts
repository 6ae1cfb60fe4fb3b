import { readdir, stat } from 'node:fs/promises';
import { extname, join, parse, resolve } from 'node:path';
import type { StrategyReference } from '../../domain/backtest.js';
import { err, invariant, ok, type Result } from '../../domain/result.js';
import { BUILT_IN_STRATEGIES } from '../../engines/strategies/catalogue.js';
import type { StrategyDefinition } from '../../engines/strategies/strategy.js';
import { boundedCall } from './bounded-call.js';
import type { Bounded } from './checked-definition.js';
import { loadStrategyFile, STRATEGY_ENDINGS, StrategyNotLoadedError } from './load-strategy.js';
import { probeStrategy, type DeclaredStrategy, type ProbeVerdict } from './probe-strategy.js';

/** What a strategy declares; nothing of a user's file has been run in this process for it. */
export interface ListedEntry {
  readonly definition: DeclaredStrategy;
  readonly reference: StrategyReference;
}

export interface LibraryEntry {
  readonly definition: StrategyDefinition;
  readonly reference: StrategyReference;
  /** Of a file: ends work that asks the definition many questions at once, when it takes too long. */
  readonly bounded?: Bounded;
}

export interface LibraryRefusal {
  readonly code: 'UNKNOWN_STRATEGY' | 'STRATEGY_NOT_LOADED';
  readonly message: string;
  readonly limit?: string;
  readonly value: string;
  /** A file was late: the strategy may be found when it is asked for again. */
  readonly retriable: boolean;
}

/** A file of the folder that is no strategy, and why. */
export interface UnusableFile {
  readonly path: string;
  readonly fault: string;
  /** It took too long to be imported: the machine may be busy, and it is tried again later. */
  readonly isLate: boolean;
}

interface KnownVerdict {
  readonly version: string;
  readonly verdict: Promise<ProbeVerdict>;
}

/** A folder is searched up to here; beyond it somebody has pointed to the wrong one. */
const FILES_MAX = 200;
/** Threads that import files at once. */
const PROBES_MAX = 2;
/** A file that was late is tried again after this time: the machine may have been busy. */
const LATE_AGAIN_MS = 60_000;
/** A strategy of the user's says what it needs in microseconds; one that takes so long never will. */
export const STRATEGY_ANSWER_MS = 1_000;
/** The questions of a whole search: whether each of 100,000 sets fits. */
const SEARCH_ANSWERS_MS = 5_000;

/**
 * The built-in strategies and those in a folder of the user's, which is looked at anew each time: a file that was dropped
 * in is there. Each version of a file is imported in a thread of its own, so that one that loops for ever or ends its
 * thread harms nobody; in this process only the one that is asked for by its name.
 */
export class StrategyFolder {
  private readonly directory: string;
  private readonly verdicts = new Map<string, KnownVerdict>();
  private readonly bounded = boundedCall(STRATEGY_ANSWER_MS);
  private readonly boundedSearch = boundedCall(SEARCH_ANSWERS_MS);

  /** @param directory need not be there */
  constructor(directory: string) {
    this.directory = resolve(directory);
  }

  /** In alphabetic order; those that cannot be loaded are left out. */
  async list(): Promise<readonly ListedEntry[]> {
    return (await this.read()).entries.toSorted((a, b) => (a.definition.name < b.definition.name ? -1 : 1));
  }

  /** The files that are no strategies. */
  async unusable(): Promise<readonly UnusableFile[]> {
    return (await this.read()).unusable;
  }

  async find(name: string): Promise<Result<LibraryEntry, LibraryRefusal>> {
    const builtIn = BUILT_IN_ENTRIES.find(({ definition }) => definition.name === name);
    if (builtIn !== undefined) return ok(builtIn);
    const value = name.slice(0, 100);
    const namesakes = (await this.files()).filter((path) => isNamedAfter(name, path));
    for (const { path, verdict } of await this.probed(namesakes)) {
      // Others need not be looked at, which may take their time: they are not this one.
      if (verdict.declared?.name === name) return this.import({ kind: 'FILE', path }, value);
    }
    const { entries, unusable } = await this.read();
    const found = entries.find(({ definition }) => definition.name === name);
    if (found !== undefined) return this.import(found.reference, value);
    const broken = unusable.find(({ path }) => STRATEGY_ENDINGS.some((ending) => path.endsWith(`/${name}${ending}`)));
    if (broken !== undefined) {
      const message = `strategy: ${broken.fault}`;
      return err({ code: 'STRATEGY_NOT_LOADED', message, value, retriable: broken.isLate });
    }
    // A file's name need not be its strategy's.
    const retriable = unusable.some(({ isLate }) => isLate);
    const names = entries
      .map(({ definition }) => definition.name)
      .toSorted()
      .join(', ');
    const message = `strategy: there is no strategy "${value}"; there are: ${names}`;
    return err({ code: 'UNKNOWN_STRATEGY', message, limit: names, value, retriable });
  }

  private async import(reference: StrategyReference, value: string): Promise<Result<LibraryEntry, LibraryRefusal>> {
    invariant(reference.kind === 'FILE', 'a built-in strategy is there already');
    try {
      return ok({
        definition: await loadStrategyFile(reference.path, this.bounded),
        reference,
        bounded: this.boundedSearch,
      });
    } catch (error) {
      if (!(error instanceof StrategyNotLoadedError)) throw error;
      return err({ code: 'STRATEGY_NOT_LOADED', message: `strategy: ${error.message}`, value, retriable: false });
    }
  }

  private async read(): Promise<{
    readonly entries: readonly ListedEntry[];
    readonly unusable: readonly UnusableFile[];
  }> {
    const entries: ListedEntry[] = [...BUILT_IN_ENTRIES];
    const unusable: UnusableFile[] = [];
    const probed = await this.probed(await this.files());
    const isNamesake = ({ path, verdict }: (typeof probed)[number]) =>
      verdict.declared !== null && isNamedAfter(verdict.declared.name, path);
    // Of two files with one name, the one that is called so has it.
    for (const { path, verdict } of probed.toSorted((a, b) => Number(isNamesake(b)) - Number(isNamesake(a)))) {
      if (verdict.fault !== null) {
        unusable.push({ path, fault: verdict.fault, isLate: verdict.isLate === true });
        continue;
      }
      const taken = entries.find(({ definition }) => definition.name === verdict.declared.name);
      if (taken === undefined) entries.push({ definition: verdict.declared, reference: { kind: 'FILE', path } });
      else {
        const fault = `${path}: name: ${verdict.declared.name} is ${whoseName(taken)}`;
        unusable.push({ path, fault, isLate: false });
      }
    }
    return { entries, unusable };
  }

  /** In the order of the paths. */
  private async probed(paths: readonly string[]) {
    const found = new Map<string, ProbeVerdict>();
    const waiting = paths.values();
    const work = async () => {
      for (const path of waiting) found.set(path, await this.verdictOn(path));
    };
    await Promise.all(Array.from({ length: PROBES_MAX }, work));
    return paths.flatMap((path) => {
      const verdict = found.get(path);
      return verdict === undefined ? [] : [{ path, verdict }];
    });
  }

  private async files(): Promise<readonly string[]> {
    const names = await readdir(this.directory).catch(() => []);
    return names
      .filter((name) => STRATEGY_ENDINGS.includes(extname(name)) && !name.endsWith('.d.ts') && !name.startsWith('.'))
      .toSorted()
      .slice(0, FILES_MAX)
      .map((name) => join(this.directory, name));
  }

  /** Each version of a file is imported once, however many ask at the same time. */
  private async verdictOn(path: string): Promise<ProbeVerdict> {
    const found = await stat(path).catch(() => null);
    if (found === null) return { fault: `there is no file ${path}`, declared: null };
    const version = `${found.mtimeMs} ${found.size}`;
    const known = this.verdicts.get(path);
    if (known?.version === version) return known.verdict;
    const entry = { version, verdict: probeStrategy(path) };
    this.verdicts.set(path, entry);
    const verdict = await entry.verdict;
    if (verdict.fault !== null && verdict.isLate === true)
      setTimeout(() => this.forget(path, entry), LATE_AGAIN_MS).unref();
    return verdict;
  }

  private forget(path: string, entry: KnownVerdict): void {
    if (this.verdicts.get(path) === entry) this.verdicts.delete(path);
  }
}

const BUILT_IN_ENTRIES: readonly LibraryEntry[] = BUILT_IN_STRATEGIES.map((definition) => ({
  definition,
  reference: { kind: 'BUILT_IN', name: definition.name },
}));

const isNamedAfter = (name: string, path: string): boolean => parse(path).name === name;

const whoseName = ({ reference }: ListedEntry): string =>
  reference.kind === 'BUILT_IN' ? 'the name of a built-in strategy' : `the name of ${reference.path}`;
