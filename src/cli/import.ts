import { stat } from 'node:fs/promises';
import { readBarFile } from '../adapters/csv/read-bar-file.js';
import { PgBarStore } from '../adapters/postgres/bar-store.js';
import { PgInstrumentStore } from '../adapters/postgres/instrument-store.js';
import { PgUnitOfWork } from '../adapters/postgres/transaction.js';
import type { Config } from '../config/config.js';
import type { Adjustment } from '../domain/bar.js';
import type { AssetClass } from '../domain/instrument.js';
import { parseSymbol } from '../domain/symbol.js';
import type { Timeframe } from '../domain/timeframe.js';
import { BarFileError } from '../ports/bar-file.js';
import { openSharedStorage } from '../roles/storage.js';
import { SystemClock } from '../adapters/system-clock.js';
import { ImportBars, type ImportReport } from '../services/ingestion/import-bars.js';
import { ExplainedError } from '../roles/explained-error.js';
import { fileInstrument } from './file-instrument.js';
import { openLog } from './logging.js';

export interface ImportOptions {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly assetClass: Extract<AssetClass, 'EQUITY' | 'CRYPTO' | 'FX'>;
  readonly adjustment: Adjustment;
  /** What a time without a zone means. */
  readonly zone: 'UTC' | 'America/New_York';
}

/** `npx tradegraph import`: loads a CSV file's bars as history, beside a running Tradegraph or without one. */
export async function importFile(config: Config, file: string, options: ImportOptions): Promise<void> {
  const symbol = parseSymbol(options.symbol);
  if (!symbol.ok) throw new ExplainedError(symbol.error.message);
  await checkFile(file);
  const { steps } = openLog(config);
  const storage = await openSharedStorage(config, steps);
  try {
    const { pool } = storage.database;
    const instruments = new PgInstrumentStore(pool);
    const instrument = (await instruments.instrument(symbol.value)) ?? fileInstrument(symbol.value, options.assetClass);
    const importBars = new ImportBars({
      clock: new SystemClock(),
      unitOfWork: new PgUnitOfWork(pool),
      bars: new PgBarStore(pool),
      instruments,
    });
    const { timeframe, adjustment, zone } = options;
    const rows = readBarFile(file, {
      symbol: symbol.value,
      timeframe,
      adjustment,
      calendar: instrument.calendar,
      zone,
    });
    const step = steps.begin(`Import of ${file}`);
    const report = await importBars.import({ instrument, timeframe, rows }, ({ read }) =>
      step.progress(0, `${read} rows`),
    );
    step.done(summary(report));
    for (const { code, message } of report.examples) steps.say(`    ${code}: ${message}`);
    if (report.refused > 0) process.exitCode = 2;
  } catch (error) {
    if (error instanceof BarFileError) throw new ExplainedError(`${file}: ${error.message}`);
    throw error;
  } finally {
    await storage.close();
  }
}

async function checkFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found === null) throw new ExplainedError(`there is no file ${file}`);
  if (!found.isFile()) throw new ExplainedError(`${file} is not a file`);
}

function summary({ read, inserted, corrected, refused, refusedByCode }: ImportReport): string {
  const reasons = Object.entries(refusedByCode).map(([code, count]) => `${code} ${count}`);
  const refusals = refused === 0 ? '' : `, ${refused} refused (${reasons.join(', ')})`;
  return `${read} rows read, ${inserted} new, ${corrected} corrected${refusals}`;
}
