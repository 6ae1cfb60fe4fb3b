import { Field, Float, ID, ObjectType } from 'type-graphql';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import { DateTime } from './date-time.js';
import { Timeframe } from './market-enums.js';

@ObjectType({ description: 'The bars that a prediction was made from.', simpleResolvers: true })
export class PredictionInputs {
  @Field(() => DateTime, { description: 'Open time of the first bar it saw.' })
  from: number;

  @Field(() => DateTime, { description: 'Open time of the last bar it saw.' })
  to: number;
}

@ObjectType({ description: 'A stored prediction of the next close.', simpleResolvers: true })
export class Prediction {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Symbol concerned.' })
  symbol: string;

  @Field(() => Timeframe, { description: 'Length of the bars.' })
  timeframe: TimeframeName;

  @Field(() => DateTime, { description: 'Close time of the last bar it saw.' })
  timestamp: number;

  @Field(() => Float, { description: 'Close of the last bar it saw, in the quote currency.' })
  currentPrice: number;

  @Field(() => Float, { description: 'Predicted close of the next bar, in the quote currency.' })
  predictedPrice: number;

  @Field(() => Float, { description: 'Predicted change, in percent of the current price.' })
  expectedChange: number;
}

@ObjectType({
  description: 'A prediction made now, from the last stored bars. It is not stored.',
  simpleResolvers: true,
})
export class PricePrediction {
  @Field(() => String, { description: 'Symbol concerned.' })
  symbol: string;

  @Field(() => Timeframe, { description: 'Length of the bars.' })
  timeframe: TimeframeName;

  @Field(() => DateTime, { description: 'Close time of the last bar it saw.' })
  timestamp: number;

  @Field(() => Float, { description: 'Close of the last bar, in the quote currency.' })
  currentPrice: number;

  @Field(() => Float, { description: 'Predicted close of the next bar, in the quote currency.' })
  predictedPrice: number;

  @Field(() => Float, { description: 'Predicted change, in percent of the current price.' })
  expectedChange: number;
}
