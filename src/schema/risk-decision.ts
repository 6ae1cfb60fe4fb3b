import { Field, ID, ObjectType } from 'type-graphql';
import type { OrderCause, OrderSide as Side } from '../domain/order.js';
import { DateTime } from './date-time.js';
import { Decimal } from './decimal-scalar.js';
import { ErrorCodeEnum } from './user-error.js';
import { OrderCauseEnum, OrderSide } from './trading-enums.js';

const UNIT =
  "in the check's unit: money in the account's currency, quantities in units of the instrument, ages in milliseconds";

@ObjectType({ description: 'One check of a risk decision.', simpleResolvers: true })
export class RiskCheck {
  @Field(() => ErrorCodeEnum, { description: 'Code that a denial by it carries.' })
  code: string;

  @Field(() => Boolean, { description: 'True when the order passed it.' })
  passed: boolean;

  @Field(() => Decimal, { nullable: true, description: `The limit, ${UNIT}. Null where it is a yes or no.` })
  limit: string | null;

  @Field(() => String, {
    nullable: true,
    description: `What it comes to with the order, ${UNIT}; in words where it is a yes or no.`,
  })
  value: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: `What the limit leaves for the order, ${UNIT}. Null where it is a yes or no.`,
  })
  headroom: string | null;
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

  @Field(() => ErrorCodeEnum, { nullable: true, description: 'Code of the check that denied it; null when approved.' })
  deniedCode: string | null;

  @Field(() => [RiskCheck], { description: 'The checks, in the order in which they were made.' })
  checks: readonly RiskCheck[];

  @Field(() => DateTime, { description: 'Market time of the decision.' })
  decidedAt: number;
}
