import { Field, ID, ObjectType } from 'type-graphql';
import type { DeploymentStatus } from '../domain/deployment.js';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import { connectionOf } from './connection.js';
import { DateTime } from './date-time.js';
import { defineEnum } from './define-enum.js';
import { StrategyParams } from './json-scalars.js';
import { Timeframe } from './market-enums.js';

export const DeploymentStatusEnum = defineEnum<DeploymentStatus>('DeploymentStatus', 'How a deployment stands.', {
  RUNNING: 'It decides on each bar that comes in.',
  STOPPED: 'It was undeployed.',
  FAILED: 'Its strategy threw or never came to an end; `failure` says why.',
});

@ObjectType({ description: 'A strategy that trades on an account.', simpleResolvers: true })
export class Deployment {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'The account that it trades on.' })
  accountId: string;

  @Field(() => String, { description: 'Name of the strategy.' })
  strategy: string;

  @Field(() => StrategyParams, { description: 'Every parameter with its value.' })
  params: Readonly<Record<string, number | boolean | string>>;

  @Field(() => [String], { description: 'Symbols that it trades.' })
  symbols: readonly string[];

  @Field(() => Timeframe, { description: 'Length of the bars that it decides on.' })
  timeframe: TimeframeName;

  @Field(() => String, { description: 'Source of its signals, as in `signals(source: ...)`.' })
  source: string;

  @Field(() => DeploymentStatusEnum, { description: 'How it stands.' })
  status: DeploymentStatus;

  @Field(() => String, { nullable: true, description: 'Why it failed; null unless it did.' })
  failure: string | null;

  @Field(() => DateTime, { description: 'Market time: it decides on bars that close later.' })
  tradeAfter: number;

  @Field(() => DateTime, { description: 'When it was deployed, wall time.' })
  createdAt: number;

  @Field(() => DateTime, { nullable: true, description: 'When it ended, wall time; null while it runs.' })
  endedAt: number | null;
}

export const DeploymentConnection = connectionOf('Deployment', 'deployments, newest first', () => Deployment);
