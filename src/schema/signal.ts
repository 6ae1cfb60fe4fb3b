import { Field, Float, ID, ObjectType } from 'type-graphql';
import type { SignalAction as SignalActionName, SignalReason } from '../domain/signal.js';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import { connectionOf } from './connection.js';
import { DateTime } from './date-time.js';
import { Timeframe } from './market-enums.js';
import { SignalAction, SignalReasonEnum } from './ml-enums.js';

@ObjectType({ description: 'One setting that a signal was decided with.', simpleResolvers: true })
export class SignalSetting {
  @Field(() => String, { description: 'Its name, with the unit last.' })
  name: string;

  @Field(() => Float, { description: 'Its value, in the unit of its name.' })
  value: number;
}

@ObjectType({ description: 'What one signal source says of one bar: a target, not an order.', simpleResolvers: true })
export class Signal {
  @Field(() => ID, { description: 'Its id: the same source and bar give the same id.' })
  id: string;

  @Field(() => String, { description: 'Name of the signal source: lstm, ema-cross.' })
  source: string;

  @Field(() => String, { description: 'Symbol concerned.' })
  symbol: string;

  @Field(() => Timeframe, { description: 'Length of the bar.' })
  timeframe: TimeframeName;

  @Field(() => DateTime, { description: 'Decision time: the close time of its bar.' })
  timestamp: number;

  @Field(() => DateTime, { description: 'Open time of its bar.' })
  barTimestamp: number;

  @Field(() => SignalAction, { description: 'The target.' })
  action: SignalActionName;

  @Field(() => SignalReasonEnum, { description: 'Why.' })
  reason: SignalReason;

  @Field(() => Float, { description: '0 (none) to 1.' })
  confidence: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Predicted close of the next bar, in the quote currency; null for sources that predict none.',
  })
  predictedPrice: number | null;

  @Field(() => Float, { description: 'Close of its bar, in the quote currency.' })
  currentPrice: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Stop-loss price as seen at the decision, in the quote currency; null on HOLD and SELL.',
  })
  stopLoss: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Take-profit price as seen at the decision, in the quote currency; null on HOLD and SELL.',
  })
  takeProfit: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Distance of the stop from the fill price, in the quote currency.',
  })
  stopDistance: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Distance of the target from the fill price, in the quote currency.',
  })
  takeProfitDistance: number | null;
}

export const SignalConnection = connectionOf('Signal', 'the signals, newest first', () => Signal);
