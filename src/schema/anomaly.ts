import { Field, Float, ID, ObjectType } from 'type-graphql';
import type { AnomalySeverity, AnomalyType } from '../domain/anomaly.js';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import { connectionOf } from './connection.js';
import { DateTime } from './date-time.js';
import { Timeframe } from './market-enums.js';
import { AnomalySeverityEnum, AnomalyTypeEnum } from './ml-enums.js';

@ObjectType({ description: 'A bar that is unlike those its model has seen.', simpleResolvers: true })
export class Anomaly {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Symbol concerned.' })
  symbol: string;

  @Field(() => Timeframe, { description: 'Length of the bar.' })
  timeframe: TimeframeName;

  @Field(() => DateTime, { description: 'Close time of the bar.' })
  timestamp: number;

  @Field(() => DateTime, { description: 'Open time of the bar.' })
  barTimestamp: number;

  @Field(() => Float, { description: 'Isolation forest decision function: below 0 is anomalous.' })
  anomalyScore: number;

  @Field(() => Float, { description: 'Isolation forest sample score, -1 (most unusual) to 0.' })
  rawScore: number;

  @Field(() => AnomalyTypeEnum, { description: 'What is unusual.' })
  anomalyType: AnomalyType;

  @Field(() => AnomalySeverityEnum, { description: 'How unusual.' })
  severity: AnomalySeverity;

  @Field(() => String, { description: 'In words, for people.' })
  description: string;
}

export const AnomalyConnection = connectionOf('Anomaly', 'the anomalies, newest first', () => Anomaly);

@ObjectType({ description: 'A check of the last stored bar, made now. It is not stored.', simpleResolvers: true })
export class AnomalyCheck {
  @Field(() => String, { description: 'Symbol concerned.' })
  symbol: string;

  @Field(() => Timeframe, { description: 'Length of the bar.' })
  timeframe: TimeframeName;

  @Field(() => DateTime, { description: 'Close time of the bar.' })
  timestamp: number;

  @Field(() => DateTime, { description: 'Open time of the bar.' })
  barTimestamp: number;

  @Field(() => Boolean, { description: 'True when the score is below 0.' })
  isAnomaly: boolean;

  @Field(() => Float, { description: 'Isolation forest decision function: below 0 is anomalous.' })
  anomalyScore: number;

  @Field(() => Float, { description: 'Isolation forest sample score, -1 (most unusual) to 0.' })
  rawScore: number;

  @Field(() => AnomalySeverityEnum, { nullable: true, description: 'How unusual; null when nothing is.' })
  severity: AnomalySeverity | null;

  @Field(() => String, { nullable: true, description: 'In words, for people; null when nothing is unusual.' })
  description: string | null;
}
