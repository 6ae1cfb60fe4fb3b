import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readConfig, type Config } from '../config/config.js';
import { TIMEFRAMES } from '../domain/timeframe.js';
import { addBacktestCommand } from './backtest/command.js';
import { addOptimizeCommand } from './optimize/command.js';
import type { Scope } from '../resolvers/context.js';
import { ROLES, type Role } from '../roles/role.js';
import { explanationOf, isExplained } from './explain.js';
import type { ImportOptions } from './import.js';
import { openLog } from './logging.js';
import { StopSignals } from './stop-signals.js';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const ENVIRONMENT_HELP = `
Settings are environment variables; the README lists them all. The most used:
  MARKET_DATA_PROVIDER  replay (default) or yahoo
  REPLAY_SPEED          bars a second in a replay (1), or max
  PORT                  where the API listens (4000)
  TRADEGRAPH_HOME       where data is kept (.tradegraph)
  DATABASE_URL          your own PostgreSQL 15 or newer instead of the embedded one`;

function configOrExit(): Config {
  const config = readConfig(process.env);
  if (config.ok) return config.value;
  process.stderr.write(
    `tradegraph: the configuration has ${config.error.length} fault(s):\n${config.error.map((line) => `  ${line}\n`).join('')}`,
  );
  process.exit(1);
}

function parseRole(text: string, previous: readonly Role[]): readonly Role[] {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new InvalidArgumentError(`The roles are: ${ROLES.join(', ')}.`);
  return [...previous, role];
}

/** The options of `import` as commander reads them. */
type ImportFlags = Omit<ImportOptions, 'symbol' | 'timeframe'> &
  Partial<Pick<ImportOptions, 'symbol' | 'timeframe'>> & { readonly actions?: string };

/** Runs what the command line asks for; sets the exit code. A command is loaded when it is run, and its settings are right. */
export async function runCli(argv: readonly string[]): Promise<void> {
  const program = new Command('tradegraph')
    .description('A self-hosted trading platform behind one GraphQL schema.')
    .version(version)
    .addHelpText('after', ENVIRONMENT_HELP)
    .showHelpAfterError('(tradegraph --help lists the commands)');

  program
    .command('start')
    .description(`start the program: every role in one process, or only the roles named (${ROLES.join(', ')})`)
    .argument('[roles...]', 'roles of this process', parseRole, [] as readonly Role[])
    .action(async (roles: readonly Role[]) => {
      const signals = new StopSignals();
      const config = configOrExit();
      const { start } = await import('./start.js');
      await start(config, roles.length === 0 ? ROLES : roles, version, signals);
    });

  program
    .command('migrate')
    .description('bring the database to the newest schema and stop')
    .action(async () => {
      const config = configOrExit();
      const { runMigrations } = await import('./migrate.js');
      await runMigrations(config);
    });

  program
    .command('import')
    .description(
      'load bars out of a CSV file with the columns Date (or Timestamp), Open, High, Low, Close, Volume; or splits and dividends',
    )
    .argument('[file]', 'the CSV file of bars')
    .option('--symbol <symbol>', 'symbol of the bars, as in BTC-USD')
    .addOption(new Option('--timeframe <timeframe>', 'length of the bars').choices(TIMEFRAMES))
    .option('--actions <file>', 'CSV file of splits and dividends: symbol, date, kind, value')
    .addOption(
      new Option('--asset-class <class>', 'of a symbol that is new here: its calendar and lot size')
        .choices(['EQUITY', 'CRYPTO', 'FX'])
        .default('EQUITY'),
    )
    .addOption(new Option('--adjustment <basis>', 'what the prices are').choices(['RAW', 'SPLIT']).default('RAW'))
    .addOption(
      new Option('--zone <zone>', 'what a time without a zone means')
        .choices(['UTC', 'America/New_York'])
        .default('UTC'),
    )
    .action(async (file: string | undefined, options: ImportFlags, command: Command) => {
      const { symbol, timeframe, actions } = options;
      if (file === undefined && actions === undefined) command.error("error: missing required argument 'file'");
      if (file !== undefined && symbol === undefined) {
        command.error("error: required option '--symbol <symbol>' not specified");
      }
      if (file !== undefined && timeframe === undefined) {
        command.error("error: required option '--timeframe <timeframe>' not specified");
      }
      const config = configOrExit();
      if (file !== undefined && symbol !== undefined && timeframe !== undefined) {
        const { importFile } = await import('./import.js');
        await importFile(config, file, { ...options, symbol, timeframe });
      }
      if (actions === undefined) return;
      const { importActions } = await import('./import-actions.js');
      await importActions(config, actions);
    });

  addBacktestCommand(program, configOrExit);
  addOptimizeCommand(program, configOrExit);

  program
    .command('backup')
    .description(
      'write all that the database holds to a file, while the program runs; into a folder under a name of its own',
    )
    .argument('<file>', 'a file that is not there yet, or a folder')
    .action(async (file: string) => {
      const config = configOrExit();
      const { backup } = await import('./backup.js');
      await backup(config, file, version);
    });

  program
    .command('restore')
    .description('put a backup into an empty database; the program must not run')
    .argument('<file>', 'the backup, or a folder: its newest backup')
    .option('--check', 'only read it and hold it against its digests')
    .option('--force', 'replace all that the database holds')
    .action(async (file: string, options: { check?: boolean; force?: boolean }) => {
      const config = configOrExit();
      const { restore } = await import('./restore.js');
      await restore(config, file, { check: options.check === true, force: options.force === true });
    });

  program
    .command('keys')
    .description('access keys of the API')
    .command('new')
    .description('make a key: prints its line for ACCESS_KEYS_FILE, and the secret once')
    .argument('<name>', 'whose key it is: letters, digits and . _ -')
    .addOption(
      new Option('--scope <scope>', 'what it may do').choices(['READ', 'TRADE', 'ADMIN']).makeOptionMandatory(),
    )
    .action(async (name: string, { scope }: { scope: Scope }) => {
      const { makeKey } = await import('./keys.js');
      makeKey(name, scope);
    });

  program
    .command('doctor')
    .description('check the machine, ports, database and model backend, and say what to do')
    .action(async () => {
      const { doctor } = await import('./doctor.js');
      await doctor(readConfig(process.env));
    });

  program
    .command('reset')
    .description('delete everything a replay has stored, so that it starts anew')
    .option('--yes', 'do not ask')
    .action(async (options: { yes?: boolean }) => {
      const config = configOrExit();
      const { reset } = await import('./reset.js');
      await reset(config, options.yes === true);
    });

  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    fail(error);
  }
}

/** Faults with an explanation are told in a line; others are bugs and show where they come from. */
function fail(error: unknown): never {
  const log = openLog({ LOG_FORMAT: 'auto', LOG_LEVEL: 'error' });
  if (isExplained(error)) process.stderr.write(`tradegraph: ${explanationOf(error)}\n`);
  else log.logger.fatal({ err: error }, 'unexpected error');
  process.exit(1);
}
