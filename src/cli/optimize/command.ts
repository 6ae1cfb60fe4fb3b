import { Option, type Command } from 'commander';
import type { Config } from '../../config/config.js';
import { OBJECTIVE_NAMES } from '../../engines/research/objectives.js';
import { withRunOptions } from '../backtest/run-options.js';
import type { OptimizeFlags } from './options.js';

const EXAMPLES = `
Examples:
  npx tradegraph optimize --bars GOOG.csv --strategy sma-cross --ranges '{"fast":"5:50:5","slow":"20:200:10"}'
  npx tradegraph optimize --symbol BTC-USD --timeframe ONE_HOUR --strategy rsi-reversion --ranges '{"period":"5:30"}' --random 200
docs/research.md explains what a best set is worth; the options of a run are those of npx tradegraph backtest.`;

/** Adds `optimize` to the program. Faults of the command line end it with code 2, everything else with 1. */
export function addOptimizeCommand(program: Command, readConfig: () => Config): void {
  withRunOptions(
    program
      .command('optimize')
      .description('try many parameters of a strategy over the same bars, and show the best with what they are worth'),
  )
    .option('--ranges <json>', 'what varies: "from:to" or "from:to:step", or a list of values, for each parameter')
    .option('--random <count>', 'try so many different sets, drawn with --seed, instead of all')
    .addOption(new Option('--objective <name>', 'what is looked for').choices(OBJECTIVE_NAMES).default('sharpe'))
    .option('--best <count>', 'how many sets to show', '10')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    // Its own errors have been printed; help and version are no faults.
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .action(async (flags: OptimizeFlags) => {
      const { optimize } = await import('./run.js');
      await optimize(flags, readConfig());
    });
}
