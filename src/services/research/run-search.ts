import type { BacktestSpec, StrategyParams } from '../../domain/backtest.js';
import type { Refusal } from '../../domain/error-codes.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { WalkForwardSettings } from '../../domain/search.js';
import { OBJECTIVES } from '../../engines/research/objectives.js';
import { preparationFault } from '../../engines/research/preparation-groups.js';
import { planSearch, type SearchPlan } from '../../engines/research/search-plan.js';
import type { SearchRefusal } from '../../engines/research/search-refusal.js';
import { largestWarmUpBars, planWalkForward } from '../../engines/research/walk-forward-plan.js';
import type { StrategyDefinition } from '../../engines/strategies/strategy.js';
import type { Logger } from '../../ports/logger.js';
import type { SearchStore } from '../../ports/search-store.js';
import type { UnitOfWork } from '../../ports/unit-of-work.js';
import { commandDigest, type RunBacktestCommand } from '../backtesting/backtest-command.js';
import { checkCommand } from '../backtesting/check-command.js';
import type { StrategyEntry, StrategyLibrary } from '../backtesting/strategy-library.js';
import type { SearchCommand } from './search-command.js';
import { searchEvent } from './search-event.js';
import { PREPARATIONS_MAX, RUNS_MAX, searchRequestOf } from './search-request.js';

type Refused = readonly Refusal[];
type Taken = Result<{ readonly searchId: string }, Refused>;

export interface RunSearchOptions {
  readonly store: SearchStore;
  readonly strategies: StrategyLibrary;
  /** Checks a command against strategies, instruments and bars: that of a backtest. */
  readonly specOf: (command: RunBacktestCommand) => Promise<Result<BacktestSpec, Refused>>;
  readonly unitOfWork: UnitOfWork;
  readonly logger: Logger;
  /** Queues the job that executes it. */
  readonly enqueue: (searchId: string) => Promise<void>;
  readonly newId: () => string;
}

/**
 * Takes a search on: everything that can be judged before it runs is judged here, then it is stored with its first
 * event, then queued. Idempotent by `clientRequestId` where one is given.
 */
export class RunSearch {
  private readonly options: RunSearchOptions;

  constructor(options: RunSearchOptions) {
    this.options = options;
  }

  /** Refuses with the faults of the input. */
  async execute(command: SearchCommand): Promise<Taken> {
    const faults = checkCommand(command);
    if (faults.length > 0) return err(faults);
    const inputDigest = commandDigest(command);
    const { clientRequestId, name } = command;
    if (clientRequestId !== null) {
      const earlier = await this.earlier(clientRequestId, inputDigest);
      if (earlier !== null) return earlier;
    }
    const { store, strategies, specOf, unitOfWork, newId } = this.options;
    const found = await strategies.find(command.strategy);
    if (!found.ok) return err([inField(['strategy'], found.error)]);
    const planned = plan(found.value, command);
    if (!planned.ok) return planned;
    const { sets, walkForward } = planned.value;
    // A set that is tried fits; the fixed values with the defaults of those that vary may not.
    const spec = await specOf({ ...command, params: sets.at(0) });
    if (!spec.ok) return spec;
    const { ranges, method, objective } = command;
    const direction = OBJECTIVES[objective];
    const params = command.params as StrategyParams;
    const id = newId();
    const created = await unitOfWork.transaction(async (tx) => {
      const state = await store.create(tx, {
        id,
        name,
        clientRequestId,
        inputDigest,
        kind: walkForward === null ? 'OPTIMIZATION' : 'WALK_FORWARD',
        spec: { ...spec.value, params, ranges, method, objective, direction, walkForward },
        axes: sets.axes,
        setCount: sets.length,
        unfitCount: sets.unfitCount,
      });
      if (state !== null) tx.append(searchEvent(state));
      return state !== null;
    });
    // Somebody was quicker with the same request id.
    if (!created) return (await this.earlier(clientRequestId ?? '', inputDigest)) ?? this.execute(command);
    await this.queue(id);
    return ok({ searchId: id });
  }

  private async earlier(clientRequestId: string, inputDigest: string): Promise<Taken | null> {
    const earlier = await this.options.store.byClientRequestId(clientRequestId);
    if (earlier === null) return null;
    if (earlier.inputDigest === inputDigest) return ok({ searchId: earlier.id });
    const message = `"${clientRequestId}" is that of search ${earlier.id}, which has another input`;
    return err([refuse(['clientRequestId'], 'CLIENT_REQUEST_ID_REUSED', message, { value: clientRequestId })]);
  }

  private async queue(id: string): Promise<void> {
    try {
      await this.options.enqueue(id);
    } catch (error) {
      // It is stored: whoever works on searches queues it again within a minute.
      this.options.logger.warn({ search: id, err: error }, 'a search could not be queued yet');
    }
  }
}

interface Planned {
  readonly sets: SearchPlan;
  readonly walkForward: WalkForwardSettings | null;
}

/** What would be tried; a strategy of the user's may throw at its own parameters, or loop for ever. */
function plan({ definition, bounded }: StrategyEntry, command: SearchCommand): Result<Planned, Refused> {
  const work = () => planOf(definition, command);
  try {
    // As one: bounding each of a hundred thousand questions would take half a minute.
    return bounded === undefined ? work() : bounded(work);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `${definition.name} failed at its parameters: ${reason.slice(0, 500)}`;
    return err([refuse(['strategy'], 'STRATEGY_FAILED', message, { value: definition.name })]);
  }
}

function planOf(strategy: StrategyDefinition, command: SearchCommand): Result<Planned, Refused> {
  const sets = planSearch(strategy, searchRequestOf({ ...command, params: command.params as StrategyParams }));
  if (!sets.ok) return err([refusalOf(sets.error)]);
  const tooMany = preparationFault(strategy, sets.value, PREPARATIONS_MAX);
  if (tooMany !== null) return err([refuse(['ranges'], 'TOO_MANY_SETS', tooMany, { limit: PREPARATIONS_MAX })]);
  const given = command.walkForward;
  if (given === null) return ok({ sets: sets.value, walkForward: null });
  const embargoBars = given.embargoBars ?? largestWarmUpBars(strategy, sets.value);
  const walkForward = { ...given, embargoBars };
  const fault = faultOf(walkForward);
  return fault === null ? ok({ sets: sets.value, walkForward }) : err([fault]);
}

/** What can be told of the windows before the bars are known. */
function faultOf(settings: WalkForwardSettings): Refusal | null {
  const { inSampleBars, outOfSampleBars, embargoBars } = settings;
  const planned = planWalkForward(inSampleBars + outOfSampleBars + embargoBars, settings);
  return planned.ok ? null : refuse(['windows'], 'INVALID_ARGUMENT', planned.error.message, {});
}

const CODES: Readonly<Record<SearchRefusal['code'], Refusal['code']>> = {
  UNKNOWN_PARAMETER: 'UNKNOWN_PARAMETER',
  PARAMETER_OUT_OF_RANGE: 'PARAMETER_OUT_OF_RANGE',
  BAD_RANGE: 'INVALID_ARGUMENT',
  NO_RANGES: 'INVALID_ARGUMENT',
  BAD_SAMPLES: 'INVALID_ARGUMENT',
  TOO_MANY_SETS: 'TOO_MANY_SETS',
  NO_SET_FITS: 'PARAMETERS_DO_NOT_FIT',
};

function refusalOf({ code, parameter, message }: SearchRefusal): Refusal {
  if (code === 'BAD_SAMPLES') return refuse(['count'], CODES[code], message, {});
  const path = parameter === null ? ['ranges'] : ['ranges', parameter];
  return refuse(path, CODES[code], message, code === 'TOO_MANY_SETS' ? { limit: RUNS_MAX } : {});
}

const refuse = (
  path: readonly string[],
  code: Refusal['code'],
  message: string,
  figures: Pick<Refusal, 'limit' | 'value'>,
): Refusal => ({ code, message: `${path[0]}: ${message}`, path: ['input', ...path], ...figures });

const inField = (path: readonly string[], refusal: Refusal): Refusal => ({ ...refusal, path: ['input', ...path] });
