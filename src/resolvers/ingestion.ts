import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Refusal } from '../domain/error-codes.js';
import { parseSymbol } from '../domain/symbol.js';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import { IngestPayload, TrackSymbolPayload, UntrackSymbolPayload } from '../schema/ingestion-payloads.js';
import { Timeframe } from '../schema/market-enums.js';
import type { GraphQLContext } from './context.js';
import { ingestionError, untrackError } from './refusals.js';

/** Each may ask the market data source. */
const MUTATION_COMPLEXITY = 20;
const SHOWN_CHARACTERS = 40;

/** What is wrong with how a symbol is written, or null. */
function badSymbol(symbol: string): Refusal | null {
  const parsed = parseSymbol(symbol);
  return parsed.ok ? null : { ...parsed.error, path: ['symbol'], value: symbol.slice(0, SHOWN_CHARACTERS) };
}

const refusedIngest = (refusal: Refusal): IngestPayload => ({
  message: refusal.message,
  status: 'refused',
  jobId: null,
  errors: [ingestionError({ path: ['symbol'], ...refusal })],
});

const refusedTracking = (refusal: Refusal): TrackSymbolPayload => ({
  instrument: null,
  added: false,
  errors: [ingestionError({ path: ['symbol'], ...refusal })],
});

const refusedUntracking = (refusal: Refusal): UntrackSymbolPayload => ({
  instrument: null,
  removed: false,
  errors: [untrackError({ path: ['symbol'], ...refusal })],
});

@Resolver()
export class IngestionMutations {
  @Authorized('TRADE')
  @Mutation(() => IngestPayload, {
    description: 'Queues a fetch of the new bars of a tracked symbol.',
    complexity: MUTATION_COMPLEXITY,
  })
  async ingest(
    @Arg('symbol', () => String, { description: 'Symbol to fetch.' }) symbol: string,
    @Ctx() context: GraphQLContext,
  ): Promise<IngestPayload> {
    const bad = badSymbol(symbol);
    if (bad !== null) return refusedIngest(bad);
    const queued = await context.services.ingest(symbol);
    if (!queued.ok) return refusedIngest(queued.error);
    return { message: 'Ingestion triggered', status: 'queued', jobId: queued.value.jobId, errors: [] };
  }

  @Authorized('TRADE')
  @Mutation(() => TrackSymbolPayload, {
    description: 'Keeps a symbol up to date from now on. Doing it again changes nothing.',
    complexity: MUTATION_COMPLEXITY,
  })
  async trackSymbol(
    @Arg('symbol', () => String, { description: 'Symbol to track.' }) symbol: string,
    @Arg('timeframe', () => Timeframe, { defaultValue: 'ONE_MINUTE', description: 'Length of the bars to fetch.' })
    timeframe: TimeframeName,
    @Ctx() context: GraphQLContext,
  ): Promise<TrackSymbolPayload> {
    const bad = badSymbol(symbol);
    if (bad !== null) return refusedTracking(bad);
    const tracked = await context.services.trackSymbol(symbol, timeframe);
    if (!tracked.ok) return refusedTracking(tracked.error);
    return { instrument: await context.readModel.market.instrument(symbol), added: tracked.value.added, errors: [] };
  }

  @Authorized('TRADE')
  @Mutation(() => UntrackSymbolPayload, {
    description: 'Fetches no further bars of a symbol. What is stored stays; waiting orders expire.',
    complexity: MUTATION_COMPLEXITY,
  })
  async untrackSymbol(
    @Arg('symbol', () => String, { description: 'Symbol to stop tracking.' }) symbol: string,
    @Ctx() context: GraphQLContext,
  ): Promise<UntrackSymbolPayload> {
    const bad = badSymbol(symbol);
    if (bad !== null) return refusedUntracking(bad);
    const untracked = await context.services.untrackSymbol(symbol);
    if (!untracked.ok) return refusedUntracking(untracked.error);
    return {
      instrument: await context.readModel.market.instrument(symbol),
      removed: untracked.value.removed,
      errors: [],
    };
  }
}
