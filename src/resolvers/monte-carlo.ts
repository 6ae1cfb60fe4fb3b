import { Arg, Authorized, Ctx, Float, ID, Int, Query, Resolver } from 'type-graphql';
import { MonteCarlo } from '../schema/monte-carlo.js';
import { MonteCarloMethodEnum } from '../schema/search-enums.js';
import { PATHS_MAX } from '../services/research/monte-carlo.js';
import { isUuid } from './arguments.js';
import type { GraphQLContext } from './context.js';
import { queryError } from './query-error.js';

/** A second or two of a core. */
const COMPLEXITY = 500;

@Resolver()
export class MonteCarloResolver {
  @Authorized('READ')
  @Query(() => MonteCarlo, {
    description:
      'Other histories drawn from a finished backtest, and within which intervals its figures lie over them. The same seed gives the same figures; paths times days or round trips are at most 50,000,000.',
    complexity: COMPLEXITY,
  })
  async monteCarlo(
    @Arg('backtestId', () => ID, { description: 'Id of the backtest.' }) backtestId: string,
    @Arg('method', () => MonteCarloMethodEnum, { defaultValue: 'STATIONARY', description: 'How they are drawn.' })
    method: keyof typeof MonteCarloMethodEnum,
    @Arg('paths', () => Int, { defaultValue: 10_000, description: `Histories to draw, 1 to ${PATHS_MAX}.` })
    paths: number,
    @Arg('blockLength', () => Float, {
      nullable: true,
      description:
        'Mean length of a block in days, 1 or more; when left out, by how far the returns depend on one another. Not for round trips.',
    })
    blockLength: number | null | undefined,
    @Arg('seed', () => Int, { defaultValue: 7, description: 'Seed of the draws, 0 or above.' }) seed: number,
    @Ctx() context: GraphQLContext,
  ): Promise<MonteCarlo> {
    if (!isUuid(backtestId)) {
      const value = backtestId.slice(0, 100);
      const message = `backtestId: there is no backtest "${value}"`;
      throw queryError({ code: 'UNKNOWN_BACKTEST', message, path: ['backtestId'], value });
    }
    const command = { backtestId: backtestId.toLowerCase(), method, paths, blockLength: blockLength ?? null, seed };
    const drawn = await context.services.monteCarlo(command);
    if (!drawn.ok) throw queryError(drawn.error);
    return drawn.value;
  }
}
