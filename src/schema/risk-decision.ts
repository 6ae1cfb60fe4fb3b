import { Field, ID, ObjectType } from 'type-graphql';
import type { OrderCause, OrderSide as Side } from '../domain/order.js';
import { DateTime } from './date-time.js';
import { Decimal } from './decimal-scalar.js';
import { OrderCauseEnum, OrderSide } from './trading-enums.js';

@ObjectType({ description: 'One check of a risk decision.', simpleResolvers: true })
export class RiskCheck {
  @Field(() => String, { description: 'Code of the check: the code that a denial by it carries.' })
  code: string;

  @Field(() => Boolean, { description: 'True when the order passed it.' })
  passed: boolean;

  @Field(() => Decimal, {
    nullable: true,
    description:
      "The limit, in the check's unit: money in the account's currency, quantities in units of the instrument, ages in seconds. Null where it has none.",
  })
  limit: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'What the order would have come to, in the same unit. Null where there is none.',
  })
  value: string | null;
}

@ObjectType({
  description: "What our risk engine decided of an intended order, and every check's limit and value.",
  simpleResolvers: true,
})
export class RiskDecision {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Symbol concerned.' })
  symbol: string;

  @Field(() => OrderSide, { description: 'Direction of the intended order.' })
  side: Side;

  @Field(() => Decimal, { description: 'Intended quantity, in units of the instrument.' })
  quantity: string;

  @Field(() => OrderCauseEnum, { description: 'Why the order was intended.' })
  cause: OrderCause;

  @Field(() => Boolean, { description: 'True when it was approved, false when denied.' })
  approved: boolean;

  @Field(() => String, { nullable: true, description: 'Code of the check that denied it; null when approved.' })
  deniedCode: string | null;

  @Field(() => [RiskCheck], { description: 'The checks, in the order in which they were made.' })
  checks: readonly RiskCheck[];

  @Field(() => DateTime, { description: 'Market time of the decision.' })
  decidedAt: number;
}
