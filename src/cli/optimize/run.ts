import { SearchThreads } from '../../adapters/searches/search-threads.js';
import type { Config } from '../../config/config.js';
import type { SearchSpec } from '../../domain/search.js';
import { OBJECTIVES } from '../../engines/research/objectives.js';
import { preparationFault } from '../../engines/research/preparation-groups.js';
import { planSearch } from '../../engines/research/search-plan.js';
import type { RunResults } from '../../ports/search-runner.js';
import { ExplainedError } from '../../roles/explained-error.js';
import { ENGINE_VERSION } from '../../services/backtesting/engine-version.js';
import { PREPARATIONS_MAX, searchRequestOf } from '../../services/research/search-request.js';
import { chooseStrategy } from '../backtest/choose-strategy.js';
import { loadInput, type BacktestInput } from '../backtest/load-input.js';
import { readFlags } from '../backtest/options.js';
import { UsageError } from '../backtest/usage-error.js';
import { TerminalSteps } from '../steps.js';
import { progressBar, Terminal } from '../terminal.js';
import { readSearchFlags, type OptimizeFlags } from './options.js';
import { searchJson, searchText, type OptimizeReport } from './search-text.js';
import { TriedSets } from './tried-sets.js';

/** Longest silence of a strategy: a bar that takes longer than this never ends. */
const STALL_MS = 30_000;

/** `npx tradegraph optimize`: the result goes to standard output, everything else to standard error. */
export async function optimize(flags: OptimizeFlags, config: Config): Promise<void> {
  try {
    const report = await run(flags, config);
    const text = flags.json ? `${JSON.stringify(searchJson(report), null, 2)}\n` : searchText(report);
    await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`tradegraph optimize: ${error.message}\n`);
    process.exitCode = 2;
  }
}

async function run(flags: OptimizeFlags, config: Config): Promise<OptimizeReport> {
  const request = readFlags(flags);
  const { command } = request;
  const { ranges, method, best } = readSearchFlags(flags, command.seed);
  // The fixed values may fit only together with those that vary: they are checked by the plan.
  const { reference, definition } = await chooseStrategy(command.strategy, {}, config.TRADEGRAPH_STRATEGIES);
  const params = command.params as SearchSpec['params'];
  const plan = planSearch(definition, searchRequestOf({ params, ranges, method }));
  if (!plan.ok) throw new UsageError(`--ranges: ${plan.error.message}`);
  const tooMany = preparationFault(definition, plan.value, PREPARATIONS_MAX);
  if (tooMany !== null) throw new UsageError(`--ranges: ${tooMany}`);
  const terminal = new Terminal(process.stderr);
  const input = await loadInput(request, flags, config, new TerminalSteps(terminal));
  try {
    const { profile, from, to, options, seed, deadlineSeconds } = command;
    const spec: SearchSpec = {
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
      ranges,
      method,
      objective: flags.objective,
      direction: OBJECTIVES[flags.objective],
      walkForward: null,
    };
    const { tried, ...found } = await searched(spec, input, terminal);
    return { spec, unfitCount: plan.value.unfitCount, ...found, best: tried.best(best, spec.direction) };
  } finally {
    terminal.setStatus(null);
    await input.close();
  }
}

async function searched(spec: SearchSpec, input: BacktestInput, terminal: Terminal) {
  const { series, instruments, actions, dataHash, source, ledger } = input;
  const deadline = AbortSignal.timeout(spec.deadlineSeconds * 1000);
  const opened = await new SearchThreads({ stallMs: STALL_MS }).open({ spec, instruments, series, actions }, deadline);
  if (!opened.ok) throw new ExplainedError(opened.error.message);
  const search = opened.value;
  const tried = new TriedSets(search.runCount);
  try {
    const earlier = await ledger.otherSharpes(spec);
    const show = (preparing: readonly number[] = []): void => {
      const { doneCount } = tried;
      const status = `  ${progressBar(doneCount / search.runCount)} ${doneCount} of ${search.runCount} sets`;
      terminal.setStatus(status + preparingText(preparing));
    };
    const onResults = (results: RunResults): Promise<void> => {
      tried.take(results);
      show();
      return Promise.resolve();
    };
    const ran = await search.run([], onResults, show);
    if (!ran.ok) throw new ExplainedError(ran.error.message);
    const concluded = await search.conclude(tried.scores, [...earlier, ...tried.sharpes]);
    if (!concluded.ok) throw new ExplainedError(concluded.error.message);
    await ledger.recordTrials(tried.trials(spec, dataHash));
    const { doneCount: runCount, failedCount, firstError } = tried;
    const { result } = concluded.value;
    return { tried, source, dataHash, engineVersion: ENGINE_VERSION, runCount, failedCount, firstError, result };
  } catch (error) {
    if (!deadline.aborted) throw error;
    throw new ExplainedError(`--deadline: it took longer than its ${spec.deadlineSeconds} s`);
  } finally {
    await search.close();
  }
}

/** How far the threads' trainings are: "; preparing 40 %, 12 %". */
const preparingText = (fractions: readonly number[]): string =>
  fractions.length === 0 ? '' : `; preparing ${fractions.map((each) => `${Math.floor(100 * each)} %`).join(', ')}`;
