import { createUnionType, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { BacktestStatus } from '../domain/backtest.js';
import type { Refusal } from '../domain/error-codes.js';
import { BacktestStatusEnum } from './backtest-enums.js';
import { RunBacktestInput } from './backtest-payloads.js';
import { ParameterValue } from './parameter-value.js';
import { Search } from './search.js';
import { SearchMethodEnum, SearchObjectiveEnum, WalkForwardModeEnum } from './search-enums.js';
import { InvalidInputError, NotFoundError, UserError } from './user-error.js';

@InputType({ description: 'What to try for one parameter: min to max, or a list of values.' })
export class ParameterRangeInput {
  @Field(() => String, { description: 'The parameter; `strategies` lists those of each strategy.' })
  parameter: string;

  @Field(() => Float, { nullable: true, description: 'Least value to try, in its unit; beside max.' })
  min?: number | null;

  @Field(() => Float, { nullable: true, description: 'Largest value to try, in its unit; beside min.' })
  max?: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Distance between the values, above 0. When left out: 1 for whole numbers, else any value (RANDOM only).',
  })
  step?: number | null;

  @Field(() => [ParameterValue], { nullable: true, description: 'The values to try, in place of min, max and step.' })
  values?: (number | boolean | string)[] | null;
}

@InputType({
  description:
    'A search for the best parameters: a backtest for each set, at most 100,000. `params` holds what does not vary.',
})
export class OptimizeStrategyInput extends RunBacktestInput {
  @Field(() => [ParameterRangeInput], { description: 'What varies, one a parameter.' })
  ranges: ParameterRangeInput[];

  @Field(() => SearchMethodEnum, { defaultValue: 'GRID', description: 'Which sets are tried.' })
  method: keyof typeof SearchMethodEnum;

  @Field(() => Int, {
    nullable: true,
    description: 'Different sets to draw, 1 to 100,000; RANDOM only, and needed there.',
  })
  count?: number | null;

  @Field(() => SearchObjectiveEnum, { defaultValue: 'SHARPE', description: 'What the best set is best at.' })
  objective: keyof typeof SearchObjectiveEnum;
}

@InputType({ description: 'A walk-forward: sets times windows are at most 100,000 runs.' })
export class WalkForwardInput extends OptimizeStrategyInput {
  @Field(() => WalkForwardModeEnum, { defaultValue: 'ROLLING', description: 'Where samples begin.' })
  mode: keyof typeof WalkForwardModeEnum;

  @Field(() => Int, { description: 'Bars to choose parameters on, above 0; of ANCHORED windows in the first.' })
  inSampleBars: number;

  @Field(() => Int, { description: 'Bars to trade what was chosen, above 0, and by how much the windows move on.' })
  outOfSampleBars: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Bars between the two that belong to neither; the largest warm-up of the search when left out.',
  })
  embargoBars?: number | null;
}

@ObjectType({
  implements: UserError,
  description: 'The search stands where this cannot be done.',
  simpleResolvers: true,
})
export class SearchStatusError extends UserError {
  @Field(() => BacktestStatusEnum, { description: 'How it stands.' })
  status: BacktestStatus;

  constructor(refusal?: Refusal) {
    super(refusal);
    this.status = refusal?.value as BacktestStatus;
  }
}

export const RunSearchError = createUnionType({
  name: 'RunSearchError',
  description: 'Why a search was not taken on.',
  types: () => [InvalidInputError, NotFoundError] as const,
});

export const EndSearchError = createUnionType({
  name: 'EndSearchError',
  description: 'Why a search was not canceled or deleted.',
  types: () => [NotFoundError, SearchStatusError] as const,
});

@ObjectType({ description: 'The queued search, or why there is none.', simpleResolvers: true })
export class RunSearchPayload {
  @Field(() => Search, {
    nullable: true,
    description: 'The search, queued: `searchProgress` tells how it goes on. Null when it was refused.',
  })
  search: object | null;

  @Field(() => [RunSearchError], { description: 'The faults of the input; empty when there is none.', complexity: 0 })
  errors: readonly (typeof RunSearchError)[];
}

@ObjectType({ description: 'The canceled search, or why it was not canceled.', simpleResolvers: true })
export class CancelSearchPayload {
  @Field(() => Search, { nullable: true, description: 'The search as it stands now; null when there is none.' })
  search: object | null;

  @Field(() => [EndSearchError], { description: 'Why it was not canceled; empty when it was.', complexity: 0 })
  errors: readonly (typeof EndSearchError)[];
}

@ObjectType({ description: 'The deleted search, or why it was not deleted.', simpleResolvers: true })
export class DeleteSearchPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the deleted search; null when it was refused.' })
  deletedId: string | null;

  @Field(() => [EndSearchError], { description: 'Why it was not deleted; empty when it was.', complexity: 0 })
  errors: readonly (typeof EndSearchError)[];
}
