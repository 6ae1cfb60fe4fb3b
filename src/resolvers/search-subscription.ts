import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import { isFinal, type BacktestStatus } from '../domain/backtest.js';
import type { ErrorCode } from '../domain/error-codes.js';
import type { SearchPayload } from '../domain/events.js';
import { invariant } from '../domain/result.js';
import { partitionOf } from '../domain/topics.js';
import { SearchEvent, type SearchProgress } from '../schema/search-event.js';
import { isUuid } from './arguments.js';
import { requireScope } from './authorize.js';
import type { GraphQLContext } from './context.js';
import type { StreamedEvent } from './event-streams.js';
import { queryError } from './query-error.js';

interface ProgressArgs {
  readonly id: string;
  readonly after?: string | null;
}

async function progressStream({ args, context }: { readonly args: ProgressArgs; readonly context: GraphQLContext }) {
  requireScope(context, 'READ');
  const id = args.id.toLowerCase();
  const search = isUuid(id) ? await context.readModel.searches.search(id) : null;
  if (search === null) {
    const value = args.id.slice(0, 100);
    throw queryError({ code: 'UNKNOWN_SEARCH', message: `id: there is no search "${value}"`, path: ['id'], value });
  }
  return context.events.stream({
    topic: 'backtests',
    types: ['search_updated'],
    matches: (event) => event.key === id,
    after: args.after ?? null,
    // From its first event on: it may have ended before anybody could ask how it goes.
    begin: { part: partitionOf(id), off: search.firstOffset },
    isOver: isFinal(search.status),
    conflateBy: (event) => event.key,
    privateTo: null,
  });
}

export const SEARCH_SUBSCRIPTION_NAMES = ['searchProgress'] as const;

@Resolver()
export class SearchSubscriptions {
  @Subscription(() => SearchEvent, {
    description:
      'How a search goes, from its start on: an event with each batch of runs that is stored. A client that reads too slowly gets only the latest.',
    subscribe: progressStream,
  })
  searchProgress(
    @Root() { cursor, event }: StreamedEvent,
    @Arg('id', () => ID, { description: 'Id of the search.' }) _id?: string,
    @Arg('after', () => String, {
      nullable: true,
      description:
        'Cursor of the last event that was seen: what came since is sent first, then it goes on live. From the start of the search when left out. BAD_CURSOR when the search is over and its last event lies before it.',
    })
    _after?: string | null | undefined,
  ): SearchEvent {
    invariant(event.type === 'search_updated', `${event.type} is no event of this stream`);
    return { cursor, search: progressOf(event.payload) };
  }
}

const progressOf = (payload: SearchPayload): SearchProgress => ({
  id: payload.search_id,
  status: payload.status as BacktestStatus,
  percent: payload.run_count === null ? 0 : (100 * payload.done_count) / payload.run_count,
  runCount: payload.run_count,
  doneCount: payload.done_count,
  bestScore: payload.best_score,
  error:
    payload.error_code === null
      ? null
      : { code: payload.error_code as ErrorCode, message: payload.error_message ?? '' },
  version: payload.version,
});
