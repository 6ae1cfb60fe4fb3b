import { Arg, Args, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { SearchView } from '../ports/search-reads.js';
import { pageComplexity } from '../schema/complexity.js';
import { PageArgs } from '../schema/page-args.js';
import { Search, SearchConnection } from '../schema/search.js';
import {
  CancelSearchPayload,
  DeleteSearchPayload,
  OptimizeStrategyInput,
  RunSearchPayload,
  WalkForwardInput,
} from '../schema/search-payloads.js';
import type { SearchCommand } from '../services/research/search-command.js';
import { isUuid } from './arguments.js';
import type { GraphQLContext } from './context.js';
import { connection } from './page.js';
import { endSearchError, runSearchError } from './refusals.js';
import { readSearchInput, readWindows } from './search-input.js';

/** Thousands of backtests: ten times what one costs. */
const SEARCH_COMPLEXITY = 200;
const END_COMPLEXITY = 20;

const unknownSearch = (id: string) => ({
  code: 'UNKNOWN_SEARCH' as const,
  message: `id: there is no search "${id.slice(0, 100)}"`,
  path: ['id'],
  value: id.slice(0, 100),
});

/** Null for the id of nothing. */
async function found(context: GraphQLContext, id: string): Promise<SearchView | null> {
  return isUuid(id) ? context.readModel.searches.search(id.toLowerCase()) : null;
}

async function taken(
  input: OptimizeStrategyInput,
  walkForward: SearchCommand['walkForward'],
  context: GraphQLContext,
): Promise<RunSearchPayload> {
  const command = readSearchInput(input, walkForward);
  const answer = command.ok ? await context.services.runSearch(command.value) : command;
  if (!answer.ok) return { search: null, errors: answer.error.map(runSearchError) };
  return { search: await found(context, answer.value.searchId), errors: [] };
}

@Resolver()
export class SearchResolver {
  @Authorized('READ')
  @Query(() => Search, { nullable: true, description: 'A search; null when there is none with this id.' })
  search(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: GraphQLContext) {
    return found(context, id);
  }

  @Authorized('READ')
  @Query(() => SearchConnection, { description: 'Searches, newest first.', complexity: pageComplexity })
  searches(
    @Arg('strategy', () => String, { nullable: true, description: 'Only of this strategy; all when left out.' })
    strategy: string | null | undefined,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: GraphQLContext,
  ) {
    const filter = { strategy: strategy?.replaceAll('\u0000', '') ?? null };
    return connection({ field: 'searches', filter }, ['number', 'uuid'], args, (page) =>
      context.readModel.searches.searches(filter.strategy, page),
    );
  }

  @Authorized('TRADE')
  @Mutation(() => RunSearchPayload, {
    description:
      'Queues a search for the best parameters: a grid or random sets, each run over all bars, at most 100,000. `searchProgress` tells how it goes on, `search` has what it found.',
    complexity: SEARCH_COMPLEXITY,
  })
  optimizeStrategy(
    @Arg('input', () => OptimizeStrategyInput, { description: 'What to try.' }) input: OptimizeStrategyInput,
    @Ctx() context: GraphQLContext,
  ): Promise<RunSearchPayload> {
    return taken(input, null, context);
  }

  @Authorized('TRADE')
  @Mutation(() => RunSearchPayload, {
    description:
      'Queues a walk-forward: the best set of each sample is traded on what follows it, and only that is counted. Sets times windows are at most 100,000.',
    complexity: SEARCH_COMPLEXITY,
  })
  walkForward(
    @Arg('input', () => WalkForwardInput, { description: 'What to try, and in which windows.' })
    input: WalkForwardInput,
    @Ctx() context: GraphQLContext,
  ): Promise<RunSearchPayload> {
    return taken(input, readWindows(input), context);
  }

  @Authorized('TRADE')
  @Mutation(() => CancelSearchPayload, {
    description: 'Takes a queued search out, or ends a running one within a second; what was tried stays.',
    complexity: END_COMPLEXITY,
  })
  async cancelSearch(
    @Arg('id', () => ID, { description: 'Id of the search.' }) id: string,
    @Ctx() context: GraphQLContext,
  ): Promise<CancelSearchPayload> {
    if (!isUuid(id)) return { search: null, errors: [endSearchError(unknownSearch(id))] };
    const canceled = await context.services.cancelSearch(id.toLowerCase());
    return { search: await found(context, id), errors: canceled.ok ? [] : [endSearchError(canceled.error)] };
  }

  @Authorized('TRADE')
  @Mutation(() => DeleteSearchPayload, {
    description: 'Deletes a search that has ended, with its results. The ledger of trials keeps its sets.',
    complexity: END_COMPLEXITY,
  })
  async deleteSearch(
    @Arg('id', () => ID, { description: 'Id of the search.' }) id: string,
    @Ctx() context: GraphQLContext,
  ): Promise<DeleteSearchPayload> {
    if (!isUuid(id)) return { deletedId: null, errors: [endSearchError(unknownSearch(id))] };
    const deleted = await context.services.deleteSearch(id.toLowerCase());
    return deleted.ok
      ? { deletedId: deleted.value.searchId, errors: [] }
      : { deletedId: null, errors: [endSearchError(deleted.error)] };
  }
}
