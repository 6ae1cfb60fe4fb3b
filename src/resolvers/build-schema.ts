import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { invariant } from '../domain/result.js';
import { checkScopes } from './authorize.js';
import { BacktestFields } from './backtest-fields.js';
import { BACKTEST_SUBSCRIPTION_NAMES, BacktestSubscriptions } from './backtest-subscription.js';
import { BacktestResolver } from './backtests.js';
import { DeploymentResolver } from './deployments.js';
import { IngestionMutations } from './ingestion.js';
import { InstrumentFields, MarketDataResolver } from './market-data.js';
import { MlResolver } from './ml.js';
import {
  AnomalyCheckFields,
  AnomalyFields,
  ModelFields,
  PredictionFields,
  PricePredictionFields,
  SignalFields,
} from './ml-fields.js';
import { MonteCarloResolver } from './monte-carlo.js';
import { OrderResolver } from './orders.js';
import { PlatformResolver } from './platform.js';
import { SearchFields } from './search-fields.js';
import { SEARCH_SUBSCRIPTION_NAMES, SearchSubscriptions } from './search-subscription.js';
import { SearchResolver } from './searches.js';
import { StreamCursorResolver } from './stream-cursor.js';
import type { StreamedEvent } from './event-streams.js';
import { SUBSCRIPTION_NAMES, Subscriptions } from './subscriptions.js';
import { TradingResolver } from './trading.js';
import { AccountMutations } from './trading-accounts.js';
import {
  AccountFields,
  FillFields,
  OrderFields,
  PortfolioFields,
  PositionFields,
  RiskDecisionFields,
} from './trading-fields.js';

/** type-graphql asks for one, though every subscription here brings its own `subscribe` over our bounded queues. */
const refuse = (): never => {
  throw new Error('events go through EventStreams, not through a PubSub');
};
const NO_PUB_SUB = { publish: refuse, subscribe: refuse };

/** Builds the one GraphQL schema. Its resolvers work with a GraphQLContext. */
export function buildGraphQLSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      MarketDataResolver,
      InstrumentFields,
      MlResolver,
      ModelFields,
      PredictionFields,
      PricePredictionFields,
      AnomalyCheckFields,
      SignalFields,
      AnomalyFields,
      TradingResolver,
      AccountFields,
      OrderFields,
      FillFields,
      RiskDecisionFields,
      PositionFields,
      PortfolioFields,
      OrderResolver,
      AccountMutations,
      IngestionMutations,
      DeploymentResolver,
      PlatformResolver,
      StreamCursorResolver,
      Subscriptions,
      BacktestResolver,
      BacktestFields,
      BacktestSubscriptions,
      SearchResolver,
      SearchFields,
      SearchSubscriptions,
      MonteCarloResolver,
    ],
    authChecker: checkScopes,
    pubSub: NO_PUB_SUB,
    // Resolvers check their arguments themselves: their refusals carry a code, a path and a limit.
    validate: false,
  });
  answerEventsAtOnce(schema);
  return schema;
}

/**
 * type-graphql awaits every argument again for each event, though only `subscribe` looks at them: without a promise an
 * event is answered in the tick in which it arrives, and a thousand clients cost a thousand fewer of them.
 */
function answerEventsAtOnce(schema: GraphQLSchema): void {
  const subscriptions = new Subscriptions();
  const backtests = new BacktestSubscriptions();
  const searches = new SearchSubscriptions();
  const fields = schema.getSubscriptionType()?.getFields() ?? {};
  const answer = (name: string, resolve: (event: StreamedEvent) => unknown): void => {
    const field = fields[name];
    invariant(field !== undefined, `the schema has no subscription ${name}`);
    field.resolve = resolve;
  };
  for (const name of SUBSCRIPTION_NAMES) answer(name, (event) => subscriptions[name](event));
  for (const name of BACKTEST_SUBSCRIPTION_NAMES) answer(name, (event) => backtests[name](event));
  for (const name of SEARCH_SUBSCRIPTION_NAMES) answer(name, (event) => searches[name](event));
}
