import { ArgsType, Field, Int } from 'type-graphql';
import { PAGE_SIZE_MAX } from './complexity.js';
import { DateTime } from './date-time.js';

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `Items from the start, 1 to ${PAGE_SIZE_MAX}. Either this or last.`,
  })
  first?: number | null;

  @Field(() => Int, { nullable: true, description: `Items from the end, 1 to ${PAGE_SIZE_MAX}. Either this or first.` })
  last?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only items after this cursor (of this field, with this filter).',
  })
  after?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only items before this cursor (of this field, with this filter).',
  })
  before?: string | null;
}

@ArgsType()
export class TimePageArgs extends PageArgs {
  @Field(() => DateTime, { nullable: true, description: 'Only items at this market time or later.' })
  from?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Only items before this market time.' })
  to?: number | null;
}
