import type { Command } from 'commander';
import type { Config } from '../../config/config.js';
import type { BacktestFlags } from './options.js';
import { withRunOptions } from './run-options.js';

const EXAMPLES = `
Examples:
  npx tradegraph backtest --bars GOOG.csv --strategy sma-cross --params '{"fast":10,"slow":20}'
  npx tradegraph backtest --symbol BTC-USD --timeframe ONE_HOUR --strategy ./my-strategy.ts --report report.html
  npx tradegraph backtest --bars GOOG.csv --strategy sma-cross --profile backtesting.py --commission 0.002 --json
docs/backtesting.md explains options, profiles, statistics and strategies of your own.`;

/** Adds `backtest` to the program. Faults of the command line end it with code 2, everything else with 1. */
export function addBacktestCommand(program: Command, readConfig: () => Config): void {
  withRunOptions(
    program
      .command('backtest')
      .description('run a strategy over the bars of a CSV file or of the database, and show what became of it'),
  )
    .option('--json', 'print the result as JSON')
    .option('--report <file>', 'write an HTML report, one file that needs no network')
    .option('--equity <file>', 'write the equity curve as CSV')
    .option('--trades <file>', 'write the round trips as CSV')
    .addHelpText('after', EXAMPLES)
    // Its own errors have been printed; help and version are no faults.
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .action(async (flags: BacktestFlags) => {
      const { backtest } = await import('./run.js');
      await backtest(flags, readConfig());
    });
}
