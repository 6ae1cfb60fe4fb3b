import { createUnionType, Field, ID, ObjectType } from 'type-graphql';
import { Instrument } from './instrument.js';
import { InvalidInputError, MarketDataSourceError, NotFoundError } from './user-error.js';

export const IngestError = createUnionType({
  name: 'IngestError',
  description: 'Why nothing was queued.',
  types: () => [InvalidInputError, NotFoundError, MarketDataSourceError] as const,
});

export const TrackSymbolError = createUnionType({
  name: 'TrackSymbolError',
  description: 'Why the symbol is not tracked.',
  types: () => [InvalidInputError, NotFoundError, MarketDataSourceError] as const,
});

export const UntrackSymbolError = createUnionType({
  name: 'UntrackSymbolError',
  description: 'Why nothing was changed.',
  types: () => [InvalidInputError, NotFoundError] as const,
});

@ObjectType({ description: 'The answer to a request to fetch new bars.', simpleResolvers: true })
export class IngestPayload {
  @Field(() => String, { description: 'For people.' })
  message: string;

  @Field(() => String, { description: '"queued", or "refused" with the reason in errors.' })
  status: string;

  @Field(() => ID, { nullable: true, description: 'Id of the job; null when nothing was queued.' })
  jobId: string | null;

  @Field(() => [IngestError], { description: 'Why nothing was queued; empty when it was.', complexity: 0 })
  errors: readonly (typeof IngestError)[];
}

@ObjectType({ description: 'The tracked instrument, or why it is not tracked.', simpleResolvers: true })
export class TrackSymbolPayload {
  @Field(() => Instrument, { nullable: true, description: 'The instrument; null when it was refused.' })
  instrument: Instrument | null;

  @Field(() => Boolean, { description: 'True when it was not tracked before.' })
  added: boolean;

  @Field(() => [TrackSymbolError], { description: 'Why it was refused; empty when it was not.', complexity: 0 })
  errors: readonly (typeof TrackSymbolError)[];
}

@ObjectType({
  description: 'The instrument that is no longer tracked, or why nothing was changed.',
  simpleResolvers: true,
})
export class UntrackSymbolPayload {
  @Field(() => Instrument, { nullable: true, description: 'The instrument; null when it is unknown.' })
  instrument: Instrument | null;

  @Field(() => Boolean, { description: 'True when it was tracked before.' })
  removed: boolean;

  @Field(() => [UntrackSymbolError], { description: 'Why nothing was changed; empty when it was.', complexity: 0 })
  errors: readonly (typeof UntrackSymbolError)[];
}
