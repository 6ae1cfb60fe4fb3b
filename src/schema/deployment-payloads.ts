import { createUnionType, Field, ID, InputType, ObjectType } from 'type-graphql';
import type { StrategyParams as Params } from '../domain/backtest.js';
import { Deployment } from './deployment.js';
import { StrategyParams } from './json-scalars.js';
import { InvalidInputError, NotFoundError } from './user-error.js';

@InputType({ description: 'A strategy that is to trade.' })
export class DeployStrategyInput {
  @Field(() => String, { description: 'Name of the strategy; `strategies` lists them.' })
  strategy: string;

  @Field(() => StrategyParams, {
    nullable: true,
    description: 'Its parameters; defaults are taken for those left out.',
  })
  params?: Params | null;

  @Field(() => [String], { description: 'Tracked symbols, 1 to 50, all tracked in one timeframe.' })
  symbols: string[];

  @Field(() => ID, {
    nullable: true,
    description: 'An account that trades no signals yet; a paper account of its own is opened when left out.',
  })
  accountId?: string | null;
}

export const DeployStrategyError = createUnionType({
  name: 'DeployStrategyError',
  description: 'Why a strategy was not deployed.',
  types: () => [InvalidInputError, NotFoundError] as const,
});

@ObjectType({ description: 'The deployment, or why there is none.', simpleResolvers: true })
export class DeployStrategyPayload {
  @Field(() => Deployment, { nullable: true, description: 'The deployment; null when it was refused.' })
  deployment: object | null;

  @Field(() => [DeployStrategyError], {
    description: 'Every fault of the input; empty when there is none.',
    complexity: 0,
  })
  errors: readonly (typeof DeployStrategyError)[];
}

@ObjectType({ description: 'The ended deployment, or why it was not ended.', simpleResolvers: true })
export class UndeployStrategyPayload {
  @Field(() => Deployment, { nullable: true, description: 'The deployment as it stands now; null when there is none.' })
  deployment: object | null;

  @Field(() => [DeployStrategyError], { description: 'Why it was not ended; empty when it was.', complexity: 0 })
  errors: readonly (typeof DeployStrategyError)[];
}
