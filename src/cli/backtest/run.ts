import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BacktestThreads } from '../../adapters/backtests/backtest-threads.js';
import type { BacktestReport } from '../../adapters/report/backtest-report.js';
import { equityCsv, reportJson, tradesCsv } from '../../adapters/report/exports.js';
import { heldWorth } from '../../adapters/report/held-worth.js';
import type { Config } from '../../config/config.js';
import type { BacktestFailureCode, BacktestSpec } from '../../domain/backtest.js';
import { heldCloses } from '../../engines/backtest/total-return.js';
import { ExplainedError } from '../../roles/explained-error.js';
import { TerminalSteps } from '../steps.js';
import { progressBar, Terminal } from '../terminal.js';
import { chooseStrategy } from './choose-strategy.js';
import { loadInput, type BacktestInput } from './load-input.js';
import { inOptions, readFlags, type BacktestFlags } from './options.js';
import { textReport } from '../../adapters/report/text-report.js';
import { UsageError } from './usage-error.js';

/** Longest silence of a strategy: a bar that takes longer than this never ends. */
const STALL_MS = 30_000;
/** Failures that another command line mends. */
const USAGE_FAILURES: readonly BacktestFailureCode[] = [
  'UNKNOWN_STRATEGY',
  'UNKNOWN_PARAMETER',
  'PARAMETER_OUT_OF_RANGE',
  'PARAMETERS_DO_NOT_FIT',
  'INVALID_ARGUMENT',
];

/** `npx tradegraph backtest`: reads, runs and shows. The result goes to standard output, everything else to standard error. */
export async function backtest(flags: BacktestFlags, config: Config): Promise<void> {
  try {
    const report = await run(flags, config);
    await writeFiles(report, flags);
    const text = flags.json
      ? `${JSON.stringify(reportJson(report), null, 2)}\n`
      : textReport(report, { color: process.stdout.isTTY === true });
    await printed(text);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`tradegraph backtest: ${error.message}\n`);
    process.exitCode = 2;
  }
}

async function run(flags: BacktestFlags, config: Config): Promise<BacktestReport> {
  const request = readFlags(flags);
  const { command } = request;
  const { reference, params, definition } = await chooseStrategy(
    command.strategy,
    command.params,
    config.TRADEGRAPH_STRATEGIES,
  );
  const terminal = new Terminal(process.stderr);
  const input = await loadInput(request, flags, config, new TerminalSteps(terminal));
  const { profile, from, to, options, seed, deadlineSeconds } = command;
  const spec: BacktestSpec = {
    strategy: definition.name,
    reference,
    params,
    symbols: input.series.map(({ symbol }) => symbol),
    timeframe: input.series[0]?.timeframe ?? command.timeframe,
    from,
    to,
    profile,
    options,
    seed,
    deadlineSeconds,
  };
  try {
    return await simulated(spec, input, terminal);
  } finally {
    await input.close();
  }
}

async function simulated(spec: BacktestSpec, input: BacktestInput, terminal: Terminal): Promise<BacktestReport> {
  // The thread takes the bars away: what the benchmark needs of them is kept.
  const { instruments, series, dataHash, actions, source, ledger } = input;
  const held = series.map((each) => ({
    timestamps: each.timestamps.slice(),
    closes: heldCloses(each, actions).slice(),
  }));
  const threads = new BacktestThreads({ stallMs: STALL_MS });
  const otherSharpes = await ledger.otherSharpes(spec);
  try {
    const outcome = await threads.run(
      { spec, instruments, series, dataHash, actions, otherSharpes },
      {
        onProgress: ({ fraction, barTime, equity }) =>
          terminal.setStatus(
            `  ${progressBar(fraction)} ${new Date(barTime).toISOString().slice(0, 16)} equity ${equity.toFixed(2)}`,
          ),
      },
    );
    if (outcome.ok) {
      await ledger.record(spec, outcome.value);
      const result = { ...outcome.value, cautions: [...outcome.value.cautions, ...ledger.cautions] };
      return { spec, result, source, benchmark: heldWorth(held, result.times, spec.options.initialCapital) };
    }
    const { code, message } = outcome.error;
    throw USAGE_FAILURES.includes(code)
      ? new UsageError(inOptions(message))
      : new ExplainedError(explained(code, message));
  } finally {
    terminal.setStatus(null);
  }
}

function explained(code: BacktestFailureCode, message: string): string {
  return code === 'BACKTEST_DEADLINE_EXCEEDED' ? `--deadline: ${message}` : message;
}

async function writeFiles(report: BacktestReport, flags: BacktestFlags): Promise<void> {
  if (flags.equity !== undefined) await write('--equity', flags.equity, equityCsv(report));
  if (flags.trades !== undefined) await write('--trades', flags.trades, tradesCsv(report));
  if (flags.report === undefined) return;
  const { htmlReport } = await import('../../adapters/report/html-report.js');
  await write('--report', flags.report, [htmlReport(report)]);
}

async function write(option: string, path: string, parts: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(parts, { objectMode: true }), createWriteStream(path));
  } catch (error) {
    throw new ExplainedError(`${option}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Waits until it is out: a pipe takes a large text in pieces. */
function printed(text: string): Promise<void> {
  return new Promise((resolve, reject) =>
    process.stdout.write(text, (error) => (error === null || error === undefined ? resolve() : reject(error))),
  );
}
