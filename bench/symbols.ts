import { loadavg } from 'node:os';
import type { Phase } from './symbols-figures.js';
import { SymbolsWorld } from './symbols-world.js';

/** `BENCH_SYMBOLS=500 BENCH_MODELS=100 npm run bench -- symbols` for a quick look. */
const SYMBOLS = Number(process.env['BENCH_SYMBOLS'] ?? 5_000);
const MODELS = Number(process.env['BENCH_MODELS'] ?? 500);
/** Minutes of each phase; the first one, in which windows, books and models are read, is told apart. */
const MINUTES = 1 + Number(process.env['BENCH_MINUTES'] ?? 2);

export interface SymbolsBenchmark {
  readonly symbols: number;
  readonly symbolsWithModels: number;
  readonly load: readonly number[];
  readonly phases: Readonly<Record<string, Phase>>;
  /** Bytes of a row with its indexes, by table. */
  readonly rowBytes: Readonly<Record<string, number>>;
  /** Events of a key that stand in the log behind a later one; none are wanted. */
  readonly reordered: number;
  readonly seconds: number;
}

/**
 * The real program's roles ml and trading, each a process, on a database of many symbols: how long are they at one minute's
 * bars, and what does it cost? CPU a bar says what wall time cannot on a busy machine.
 */
export async function benchSymbols(connectionString: string): Promise<SymbolsBenchmark> {
  const began = performance.now();
  const load = loadavg();
  const world = await SymbolsWorld.open(connectionString, SYMBOLS);
  try {
    const phases: Record<string, Phase> = {};
    await world.openAccounts(1);
    await world.start('ml');
    await world.start('trading 1');
    phases['oneAccount'] = await world.phase(SYMBOLS, MINUTES);
    await world.openAccounts(7);
    phases['eightAccounts'] = await world.phase(SYMBOLS, MINUTES);
    await world.start('trading 2');
    await world.untilShared(2);
    phases['eightAccountsTwoProcesses'] = await world.phase(SYMBOLS, MINUTES);
    await world.end('trading 1');
    await world.end('trading 2');
    if (MODELS > 0) {
      await world.giveModels(MODELS);
      phases['models'] = await world.phase(MODELS, MINUTES);
    }
    return {
      symbols: SYMBOLS,
      symbolsWithModels: MODELS,
      load,
      phases,
      rowBytes: await world.rowBytes(),
      reordered: await world.reordered(),
      seconds: Math.round((performance.now() - began) / 1000),
    };
  } finally {
    await world.close();
  }
}
