import { Field, Float, ObjectType } from 'type-graphql';
import { StrategyParameterKindEnum } from './backtest-enums.js';
import { StrategyParams } from './json-scalars.js';

@ObjectType({ description: 'A parameter that a strategy declares.', simpleResolvers: true })
export class StrategyParameter {
  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => StrategyParameterKindEnum, { description: 'What it takes.' })
  kind: keyof typeof StrategyParameterKindEnum;

  @Field(() => String, { description: 'For people: what it does, with its unit.' })
  description: string;

  @Field(() => Float, { nullable: true, description: 'Least value; null where it is no number.' })
  min: number | null;

  @Field(() => Float, { nullable: true, description: 'Largest value; null where it is no number.' })
  max: number | null;

  @Field(() => [String], { nullable: true, description: 'The texts it takes; null where it is no choice.' })
  choices: readonly string[] | null;
}

@ObjectType({ description: 'A strategy that can be backtested.', simpleResolvers: true })
export class Strategy {
  @Field(() => String, { description: 'Unique.' })
  name: string;

  @Field(() => String, { description: 'For people: when it buys and sells.' })
  description: string;

  @Field(() => Boolean, { description: "True when it comes with the program, false when it is a file of the user's." })
  isBuiltIn: boolean;

  @Field(() => [StrategyParameter], { description: 'What it can be told.', complexity: 0 })
  parameters: readonly StrategyParameter[];

  @Field(() => StrategyParams, { description: 'Every parameter with its default.' })
  defaults: Readonly<Record<string, number | boolean | string>>;
}
