import { Field, ObjectType } from 'type-graphql';
import { Decimal } from './decimal-scalar.js';
import { RiskCheck } from './risk-decision.js';
import { ErrorCodeEnum } from './user-error.js';

@ObjectType({
  description:
    'What our risk engine would decide of an order now, and what the order would come to. Nothing is stored.',
  simpleResolvers: true,
})
export class OrderPreview {
  @Field(() => Boolean, { description: 'True when it would be approved, false when denied.' })
  approved: boolean;

  @Field(() => ErrorCodeEnum, {
    nullable: true,
    description: 'Code of the check that would deny it; null when approved.',
  })
  deniedCode: string | null;

  @Field(() => [RiskCheck], { description: 'The checks, in the order in which they were made.' })
  checks: readonly RiskCheck[];

  @Field(() => Decimal, {
    description: "Cash that would be set aside, fee included, in the account's currency; 0 for a sale or a denial.",
  })
  reservedCash: string;

  @Field(() => Decimal, {
    nullable: true,
    description:
      'Where it would fill if the next bar opened at the last close, slippage and spread included, or at its own price where that is reached later; in the quote currency. Null without any bar.',
  })
  estimatedPrice: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description:
      "Estimated price x quantity, in the account's currency. Null without a price, or when it is too much to count.",
  })
  estimatedNotional: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: "Commission on the estimated notional, in the account's currency. Null without one.",
  })
  estimatedFee: string | null;
}
