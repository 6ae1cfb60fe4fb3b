import { Field, ObjectType } from 'type-graphql';
import { Anomaly } from './anomaly.js';
import { Bar } from './bar.js';
import { DateTime } from './date-time.js';
import { Decimal } from './decimal-scalar.js';
import { Order } from './order.js';
import { Portfolio } from './portfolio.js';
import { Signal } from './signal.js';
import { OrderEventTypeEnum } from './trading-enums.js';

const CURSOR = 'Opaque: give it as `after` to go on behind this event, without gap or duplicate.';

@ObjectType({ description: 'A bar that is new or corrected.', simpleResolvers: true })
export class BarEvent {
  @Field(() => String, { description: CURSOR })
  cursor: string;

  @Field(() => Bar, { description: 'The bar.' })
  bar: Bar;
}

@ObjectType({ description: 'A new signal.', simpleResolvers: true })
export class SignalEvent {
  @Field(() => String, { description: CURSOR })
  cursor: string;

  @Field(() => Signal, { description: 'The signal.' })
  signal: Signal;
}

@ObjectType({ description: 'A new anomaly.', simpleResolvers: true })
export class AnomalyEvent {
  @Field(() => String, { description: CURSOR })
  cursor: string;

  @Field(() => Anomaly, { description: 'The anomaly.' })
  anomaly: Anomaly;
}

@ObjectType({ description: 'The fill that an order event tells of.', simpleResolvers: true })
export class OrderEventFill {
  @Field(() => String, { description: 'Id of the fill.' })
  id: string;

  @Field(() => Decimal, { description: 'Filled quantity, in units of the instrument.' })
  quantity: string;

  @Field(() => Decimal, { description: 'Price, in the quote currency.' })
  price: string;

  @Field(() => Decimal, { description: "Fee, in the account's currency." })
  fee: string;
}

@ObjectType({ description: 'A change of an order.', simpleResolvers: true })
export class OrderEvent {
  @Field(() => String, { description: CURSOR })
  cursor: string;

  @Field(() => OrderEventTypeEnum, { description: 'What happened.' })
  type: keyof typeof OrderEventTypeEnum;

  @Field(() => DateTime, { description: 'When it happened, market time.' })
  timestamp: number;

  @Field(() => Order, { description: 'The order as it stood after the event.' })
  order: Order;

  @Field(() => OrderEventFill, { nullable: true, description: 'The fill; null for other events.' })
  fill: OrderEventFill | null;
}

@ObjectType({ description: 'A new valuation of an account.', simpleResolvers: true })
export class PortfolioEvent {
  @Field(() => String, { description: CURSOR })
  cursor: string;

  @Field(() => Portfolio, { description: 'The portfolio as it stood after the event.' })
  portfolio: Portfolio;
}
