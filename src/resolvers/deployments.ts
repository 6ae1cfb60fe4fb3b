import { Arg, Args, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Deployment as DeploymentView, DeploymentStatus } from '../domain/deployment.js';
import { pageComplexity } from '../schema/complexity.js';
import { Deployment, DeploymentConnection, DeploymentStatusEnum } from '../schema/deployment.js';
import { DeployStrategyInput, DeployStrategyPayload, UndeployStrategyPayload } from '../schema/deployment-payloads.js';
import { PageArgs } from '../schema/page-args.js';
import { Parity } from '../schema/parity.js';
import { isUuid } from './arguments.js';
import type { GraphQLContext } from './context.js';
import { connection } from './page.js';
import { queryError } from './query-error.js';
import { deployStrategyError } from './refusals.js';

/** A write costs far more than a read. */
const MUTATION_COMPLEXITY = 20;
/** It runs a backtest. */
const PARITY_COMPLEXITY = 200;

const unknownDeployment = (id: string, path: string) => ({
  code: 'UNKNOWN_DEPLOYMENT' as const,
  message: `${path}: there is no deployment "${id.slice(0, 100)}"`,
  path: [path],
  value: id.slice(0, 100),
});

/** Null for the id of nothing. */
async function found({ readModel }: GraphQLContext, id: string): Promise<DeploymentView | null> {
  return isUuid(id) ? readModel.deployments.deployment(id.toLowerCase()) : null;
}

@Resolver()
export class DeploymentResolver {
  @Authorized('READ')
  @Query(() => Deployment, { nullable: true, description: 'A deployment; null when there is none with this id.' })
  deployment(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: GraphQLContext) {
    return found(context, id);
  }

  @Authorized('READ')
  @Query(() => DeploymentConnection, { description: 'Deployments, newest first.', complexity: pageComplexity })
  deployments(
    @Arg('statuses', () => [DeploymentStatusEnum], {
      nullable: true,
      description: 'Only those that stand there; all when left out.',
    })
    given: DeploymentStatus[] | null | undefined,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: GraphQLContext,
  ) {
    const statuses = given ? [...new Set(given)].toSorted() : null;
    return connection({ field: 'deployments', filter: { statuses } }, ['number', 'uuid'], args, (page) =>
      context.readModel.deployments.deployments(statuses, page),
    );
  }

  @Authorized('READ')
  @Query(() => Parity, {
    description:
      'What a deployment did, held against a backtest of the same strategy over the same bars: orders, fills and equity are compared exactly.',
    complexity: PARITY_COMPLEXITY,
  })
  async parity(
    @Arg('deploymentId', () => ID, { description: 'Id of the deployment.' }) id: string,
    @Ctx() context: GraphQLContext,
  ): Promise<Parity> {
    if (!isUuid(id)) throw queryError(unknownDeployment(id, 'deploymentId'));
    const compared = await context.services.compareDeployment(id.toLowerCase());
    if (!compared.ok) throw queryError(compared.error);
    const { deployment, until, comparison, reservations } = compared.value;
    return {
      deployment,
      until,
      isEqual: comparison?.isEqual ?? null,
      orderCounts: comparison?.orderCounts ?? [0, 0],
      fillCounts: comparison?.fillCounts ?? [0, 0],
      equityCounts: comparison?.equityCounts ?? [0, 0],
      firstDifference: comparison?.firstDifference ?? null,
      reservations,
    };
  }

  @Authorized('TRADE')
  @Mutation(() => DeployStrategyPayload, {
    description:
      'Lets a strategy trade on a paper account from its next bar on, under the risk limits of the account: the same strategy that `runBacktest` runs.',
    complexity: MUTATION_COMPLEXITY,
  })
  async deployStrategy(
    @Arg('input', () => DeployStrategyInput, { description: 'What is to trade, and where.' })
    input: DeployStrategyInput,
    @Ctx() context: GraphQLContext,
  ): Promise<DeployStrategyPayload> {
    const { strategy, params, symbols, accountId } = input;
    const command = { strategy, params: params ?? {}, symbols, accountId: accountId?.replaceAll('\u0000', '') ?? null };
    const deployed = await context.services.deployStrategy(command);
    if (!deployed.ok) return { deployment: null, errors: deployed.error.map(deployStrategyError) };
    return { deployment: await found(context, deployed.value.deploymentId), errors: [] };
  }

  @Authorized('TRADE')
  @Mutation(() => UndeployStrategyPayload, {
    description:
      'Ends a deployment: its waiting entries are canceled, what the account holds stays with its protection.',
    complexity: MUTATION_COMPLEXITY,
  })
  async undeployStrategy(
    @Arg('id', () => ID, { description: 'Id of the deployment.' }) id: string,
    @Ctx() context: GraphQLContext,
  ): Promise<UndeployStrategyPayload> {
    if (!isUuid(id)) return { deployment: null, errors: [deployStrategyError(unknownDeployment(id, 'id'))] };
    const ended = await context.services.undeployStrategy(id.toLowerCase());
    return { deployment: await found(context, id), errors: ended.ok ? [] : [deployStrategyError(ended.error)] };
  }
}
