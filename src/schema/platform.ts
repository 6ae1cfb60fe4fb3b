import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { DataSource } from '../domain/instrument.js';
import type { ModelKind } from '../domain/model.js';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import { DateTime } from './date-time.js';
import { defineEnum } from './define-enum.js';
import { DataSourceEnum, Timeframe } from './market-enums.js';
import { ModelKindEnum } from './ml-enums.js';

export const ReplayStateEnum = defineEnum<'HOLDING' | 'RUNNING' | 'ENDED'>('ReplayState', 'Where a replay stands.', {
  HOLDING: 'Waits for the first model, 30 s at most.',
  RUNNING: 'Gives bars as they fall due on its own clock.',
  ENDED: 'Has given its last bar; everything stays queryable.',
});

export const TrainingStateEnum = defineEnum<'WAITING' | 'RUNNING' | 'DONE' | 'FAILED'>(
  'TrainingState',
  'Where a training stands.',
  {
    WAITING: 'Queued.',
    RUNNING: 'Under way.',
    DONE: 'Its model is ready.',
    FAILED: 'It failed; the detail says why.',
  },
);

@ObjectType({ description: 'A replay of recorded bars: never live data.', simpleResolvers: true })
export class Replay {
  @Field(() => ReplayStateEnum, { description: 'Where it stands.' })
  state: 'HOLDING' | 'RUNNING' | 'ENDED';

  @Field(() => DateTime, { description: "The replay's own time." })
  now: number;

  @Field(() => Float, { nullable: true, description: 'Bars a second; null when it goes as fast as it can.' })
  speed: number | null;

  @Field(() => String, { description: 'What is replayed, for people.' })
  description: string;

  @Field(() => DateTime, { description: 'Market time at which it starts: everything before is history.' })
  startsAt: number;

  @Field(() => DateTime, { description: 'Market time at which it ends: close of its last bar.' })
  endsAt: number;
}

@ObjectType({ description: 'How far a consumer group is behind one topic of the event log.', simpleResolvers: true })
export class PipelineLag {
  @Field(() => String, { description: 'Consumer group.' })
  group: string;

  @Field(() => String, { description: 'Topic.' })
  topic: string;

  @Field(() => Int, { description: 'Events appended but not yet acted on.' })
  events: number;
}

@ObjectType({ description: 'The training of one model.', simpleResolvers: true })
export class TrainingProgress {
  @Field(() => ModelKindEnum, { description: 'Kind of the model.' })
  kind: ModelKind;

  @Field(() => String, { description: 'Symbol it is trained on.' })
  symbol: string;

  @Field(() => Timeframe, { description: 'Length of the bars.' })
  timeframe: TimeframeName;

  @Field(() => TrainingStateEnum, { description: 'Where it stands.' })
  state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED';

  @Field(() => Float, { description: 'Share done, 0 to 1.' })
  fraction: number;

  @Field(() => String, { nullable: true, description: 'For people: the epoch at hand, or why it failed.' })
  detail: string | null;
}

@ObjectType({ description: 'What this program runs on, and how it is doing.', simpleResolvers: true })
export class Platform {
  @Field(() => String, { description: 'Version of the program.' })
  version: string;

  @Field(() => DataSourceEnum, { description: 'Where market data comes from.' })
  provider: DataSource;

  @Field(() => Boolean, { description: 'True when the market data is a recording played again.' })
  isReplay: boolean;

  @Field(() => String, { description: 'The market data source in words, for people.' })
  description: string;

  @Field(() => DateTime, { description: "Market time now: wall time when live, the replay's own in a replay." })
  now: number;

  @Field(() => Replay, { nullable: true, description: 'The replay; null when the data is live.' })
  replay: Replay | null;

  @Field(() => [PipelineLag], { description: 'How far each consumer group is behind each topic that it reads.' })
  pipeline: readonly PipelineLag[];

  @Field(() => [TrainingProgress], { description: 'Trainings of this run of the program, latest last.' })
  training: readonly TrainingProgress[];
}

@ObjectType({
  description: "What the client's operations may cost. What this one cost is in extensions.cost of its answer.",
  simpleResolvers: true,
})
export class RateLimit {
  @Field(() => Int, { description: 'Points of cost that the client may spend in a minute.' })
  limit: number;

  @Field(() => Int, { description: 'Points that it may spend now.' })
  remaining: number;

  @Field(() => DateTime, { description: 'When the budget is whole again if nothing more is spent, wall time.' })
  resetAt: number;
}
