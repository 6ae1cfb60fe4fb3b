import { Arg, Args, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { BacktestStatus } from '../domain/backtest.js';
import type { BacktestView } from '../ports/backtest-reads.js';
import { Backtest, BacktestConnection } from '../schema/backtest.js';
import { BacktestComparison } from '../schema/backtest-comparison.js';
import { BacktestStatusEnum } from '../schema/backtest-enums.js';
import {
  CancelBacktestPayload,
  DeleteBacktestPayload,
  RunBacktestInput,
  RunBacktestPayload,
} from '../schema/backtest-payloads.js';
import { pageComplexity } from '../schema/complexity.js';
import { PageArgs } from '../schema/page-args.js';
import { Strategy } from '../schema/strategy.js';
import { isUuid } from './arguments.js';
import { compare } from './backtest-comparison.js';
import { readBacktestInput } from './backtest-input.js';
import type { GraphQLContext } from './context.js';
import { connection } from './page.js';
import { queryError } from './query-error.js';
import { endBacktestError, runBacktestError } from './refusals.js';

/** A write costs far more than a read, and this one makes work. */
const MUTATION_COMPLEXITY = 20;
const COMPARED_MAX = 20;
const comparisonComplexity = ({
  args,
  childComplexity,
}: {
  args: { ids?: readonly string[] };
  childComplexity: number;
}) => 1 + Math.min(args.ids?.length ?? 1, COMPARED_MAX) * childComplexity;

const unknownBacktest = (id: string, path: string) => ({
  code: 'UNKNOWN_BACKTEST' as const,
  message: `${path}: there is no backtest "${id.slice(0, 100)}"`,
  path: [path],
  value: id.slice(0, 100),
});

/** Null for the id of nothing. */
async function found(context: GraphQLContext, id: string): Promise<BacktestView | null> {
  return isUuid(id) ? context.readModel.backtests.backtest(id.toLowerCase()) : null;
}

@Resolver()
export class BacktestResolver {
  @Authorized('READ')
  @Query(() => [Strategy], {
    description: "The strategies that can be backtested: those that come with the program, and the user's own.",
    complexity: 50,
  })
  strategies(@Ctx() context: GraphQLContext) {
    return context.services.strategies();
  }

  @Authorized('READ')
  @Query(() => Backtest, { nullable: true, description: 'A backtest; null when there is none with this id.' })
  backtest(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: GraphQLContext) {
    return found(context, id);
  }

  @Authorized('READ')
  @Query(() => BacktestConnection, { description: 'Backtests, newest first.', complexity: pageComplexity })
  backtests(
    @Arg('strategy', () => String, { nullable: true, description: 'Only of this strategy; all when left out.' })
    strategy: string | null | undefined,
    @Arg('statuses', () => [BacktestStatusEnum], {
      nullable: true,
      description: 'Only those that stand there; all when left out.',
    })
    statuses: BacktestStatus[] | null | undefined,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: GraphQLContext,
  ) {
    const filter = {
      strategy: strategy?.replaceAll('\u0000', '') ?? null,
      statuses: statuses ? [...new Set(statuses)].toSorted() : null,
    };
    return connection({ field: 'backtests', filter }, ['number', 'uuid'], args, (page) =>
      context.readModel.backtests.backtests(filter, page),
    );
  }

  @Authorized('READ')
  @Query(() => BacktestComparison, {
    description: 'Backtests side by side.',
    complexity: comparisonComplexity as never,
  })
  async compareBacktests(
    @Arg('ids', () => [ID], { description: `Ids of the backtests, 2 to ${COMPARED_MAX}.` }) ids: string[],
    @Ctx() context: GraphQLContext,
  ): Promise<BacktestComparison> {
    if (ids.length < 2 || ids.length > COMPARED_MAX) {
      const message = `ids: ${ids.length} are not between 2 and ${COMPARED_MAX}`;
      const limits = { limit: COMPARED_MAX, value: ids.length };
      throw queryError({ code: 'INVALID_ARGUMENT', message, path: ['ids'], ...limits });
    }
    const known = await context.readModel.backtests.backtestsById(ids.filter(isUuid).map((id) => id.toLowerCase()));
    const byId = new Map(known.map((each) => [each.id, each]));
    return compare(
      ids.map((id) => {
        const each = byId.get(id.toLowerCase());
        if (each === undefined) throw queryError(unknownBacktest(id, 'ids'));
        return each;
      }),
    );
  }

  @Authorized('TRADE')
  @Mutation(() => RunBacktestPayload, {
    description:
      'Queues a backtest. What can be judged before it runs is judged at once; `backtestProgress` tells how it goes on, `backtest` has its result.',
    complexity: MUTATION_COMPLEXITY,
  })
  async runBacktest(
    @Arg('input', () => RunBacktestInput, { description: 'What to run.' }) input: RunBacktestInput,
    @Ctx() context: GraphQLContext,
  ): Promise<RunBacktestPayload> {
    const command = readBacktestInput(input);
    const taken = command.ok ? await context.services.runBacktest(command.value) : command;
    if (!taken.ok) return { backtest: null, errors: taken.error.map(runBacktestError) };
    return { backtest: await found(context, taken.value.backtestId), errors: [] };
  }

  @Authorized('TRADE')
  @Mutation(() => CancelBacktestPayload, {
    description: 'Takes a queued backtest out, or ends a running one within a second.',
    complexity: MUTATION_COMPLEXITY,
  })
  async cancelBacktest(
    @Arg('id', () => ID, { description: 'Id of the backtest.' }) id: string,
    @Ctx() context: GraphQLContext,
  ): Promise<CancelBacktestPayload> {
    if (!isUuid(id)) return { backtest: null, errors: [endBacktestError(unknownBacktest(id, 'id'))] };
    const canceled = await context.services.cancelBacktest(id.toLowerCase());
    return { backtest: await found(context, id), errors: canceled.ok ? [] : [endBacktestError(canceled.error)] };
  }

  @Authorized('TRADE')
  @Mutation(() => DeleteBacktestPayload, {
    description: 'Deletes a backtest that has ended, with its result. The ledger of trials keeps it.',
    complexity: MUTATION_COMPLEXITY,
  })
  async deleteBacktest(
    @Arg('id', () => ID, { description: 'Id of the backtest.' }) id: string,
    @Ctx() context: GraphQLContext,
  ): Promise<DeleteBacktestPayload> {
    if (!isUuid(id)) return { deletedId: null, errors: [endBacktestError(unknownBacktest(id, 'id'))] };
    const deleted = await context.services.deleteBacktest(id.toLowerCase());
    return deleted.ok
      ? { deletedId: deleted.value.backtestId, errors: [] }
      : { deletedId: null, errors: [endBacktestError(deleted.error)] };
  }
}
