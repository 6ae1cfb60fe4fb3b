import { Field, InterfaceType, ObjectType } from 'type-graphql';
import { ERROR_MEANINGS, type ErrorCode, type Refusal } from '../domain/error-codes.js';
import { canonical, Decimal } from './decimal-scalar.js';
import { defineEnum } from './define-enum.js';

export const ErrorCodeEnum = defineEnum<ErrorCode>(
  'ErrorCode',
  'Why something was refused. docs/errors.md has the remedies.',
  ERROR_MEANINGS,
);

@InterfaceType('UserError', { description: 'An expected refusal.' })
export abstract class UserError {
  @Field(() => ErrorCodeEnum, { description: 'Why.' })
  code: ErrorCode;

  @Field(() => String, { description: 'For people: names the field and the limit.' })
  message: string;

  @Field(() => [String], {
    nullable: true,
    description: 'The input concerned, outermost first; null when it is none in particular.',
  })
  path: readonly string[] | null;

  constructor(refusal?: Refusal) {
    if (refusal === undefined) return;
    this.code = refusal.code;
    this.message = refusal.message;
    this.path = refusal.path ?? null;
  }
}

/**
 * Members of the error unions have equally named fields of one type, or a client could not select them side by side:
 * limit and value are text, since they hold words, numbers and symbols alike.
 */
const text = (value: string | number | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

@ObjectType({ implements: UserError, description: 'An input that is not allowed.', simpleResolvers: true })
export class InvalidInputError extends UserError {
  @Field(() => String, {
    nullable: true,
    description: 'What is allowed, in the unit of the input; null where there is no single limit.',
  })
  limit: string | null;

  @Field(() => String, { nullable: true, description: 'What was given, shortened where it is long.' })
  value: string | null;

  constructor(refusal?: Refusal) {
    super(refusal);
    this.limit = text(refusal?.limit);
    this.value = text(refusal?.value);
  }
}

@ObjectType({ implements: UserError, description: 'Something that is not there.', simpleResolvers: true })
export class NotFoundError extends UserError {
  @Field(() => String, { nullable: true, description: 'What was asked for.' })
  value: string | null;

  constructor(refusal?: Refusal) {
    super(refusal);
    this.value = text(refusal?.value);
  }
}

@ObjectType({
  implements: UserError,
  description:
    "Denied by our risk engine. Units: money in the account's currency, quantities in units of the instrument, ages in milliseconds.",
  simpleResolvers: true,
})
export class RiskDeniedError extends UserError {
  @Field(() => String, {
    nullable: true,
    description: 'The limit, a decimal number; null where the check has none.',
  })
  limit: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it comes to with the order, a decimal number; in words where the check is a yes or no.',
  })
  value: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'What the limit leaves for the order; null where the check has none.',
  })
  headroom: string | null;

  constructor(refusal?: Refusal) {
    super(refusal);
    const limit = text(refusal?.limit);
    this.limit = limit === null ? null : canonical(limit);
    this.value = text(refusal?.value);
    this.headroom = text(refusal?.headroom);
  }
}

const RETRIABLE: ReadonlySet<ErrorCode> = new Set([
  'SOURCE_UNAVAILABLE',
  'SOURCE_RATE_LIMITED',
  'JOB_QUEUE_UNAVAILABLE',
]);

@ObjectType({
  implements: UserError,
  description: 'The market data source, or the queue of what it is asked, could not answer.',
  simpleResolvers: true,
})
export class MarketDataSourceError extends UserError {
  @Field(() => Boolean, { description: 'True when trying again later may help.' })
  retriable: boolean;

  constructor(refusal?: Refusal) {
    super(refusal);
    this.retriable = refusal !== undefined && RETRIABLE.has(refusal.code);
  }
}
