import { buildSchema, GraphQLError, type GraphQLSchema } from 'graphql';
import type { EventStreams, StreamedEvent } from '../../src/resolvers/event-streams.js';

/** A small schema over the transport: what the API's own tests need, and nothing of the platform's. */
const SDL = /* GraphQL */ `
  type Query {
    hello(name: String): String!
    node: Node
    nodes(first: Int!): [Node!]!
    broken: String
    refused: String
    never: String
    blob(bytes: Int!): String!
    budget: Int!
    cursorOfNow: String!
  }
  type Node {
    id: ID!
    node: Node
  }
  type Mutation {
    increment: Int!
  }
  type Subscription {
    bars(symbols: [String!], after: String): BarEvent!
    orderUpdates(accountId: String!, after: String): OrderEvent!
    brokenBars: BarEvent!
  }
  type BarEvent {
    cursor: String!
    bar: Bar!
    "True, after a while."
    later: Boolean!
    padding(bytes: Int!): String!
  }
  type Bar {
    symbol: String!
    close: Float!
  }
  type OrderEvent {
    cursor: String!
    orderId: String!
    padding(bytes: Int!): String!
  }
`;

export interface TestContext {
  readonly events: EventStreams;
  readBudget(): { readonly remaining: number };
}

/** Executions of the bars subscription's selection: identical subscriptions share one. */
export const executions = { bars: 0 };
export const counter = { value: 0 };
const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
/** What `later` waits for; a test can hold it. */
export const later = { wait: aTurn };

export function testSchema(): GraphQLSchema {
  const schema = buildSchema(SDL);
  const resolvers: Record<string, Record<string, unknown>> = {
    Query: {
      hello: (_: unknown, { name }: { name?: string }) => `hello ${name ?? 'world'}`,
      node: () => ({ id: '1' }),
      nodes: (_: unknown, { first }: { first: number }) => Array.from({ length: first }, (_n, id) => ({ id })),
      broken: () => {
        throw new Error('the password is swordfish');
      },
      refused: () => {
        throw new GraphQLError('no such symbol', { extensions: { code: 'UNKNOWN_SYMBOL' } });
      },
      never: () => new Promise(() => undefined),
      blob: (_: unknown, { bytes }: { bytes: number }) => 'x'.repeat(bytes),
      cursorOfNow: (_: unknown, _args: unknown, context: TestContext) => context.events.cursorOfNow('market_data'),
      budget: (_: unknown, _args: unknown, context: TestContext) => context.readBudget().remaining,
    },
    Node: { node: (parent: unknown) => parent },
    Mutation: {
      increment: () => (counter.value += 1),
    },
    BarEvent: {
      bar: ({ event }: StreamedEvent) => {
        executions.bars += 1;
        return event.payload;
      },
      later: async () => {
        await later.wait();
        return true;
      },
      padding: (_: unknown, { bytes }: { bytes: number }) => 'x'.repeat(bytes),
    },
    OrderEvent: {
      orderId: ({ event }: StreamedEvent) => event.eventId,
      padding: (_: unknown, { bytes }: { bytes: number }) => 'x'.repeat(bytes),
    },
  };
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName) as { getFields(): Record<string, { resolve?: unknown }> };
    for (const [name, resolve] of Object.entries(fields)) type.getFields()[name]!.resolve = resolve;
  }
  const query = schema.getQueryType()!.getFields();
  query['nodes']!.extensions = {
    complexity: ({ args, childComplexity }: { args: { first: number }; childComplexity: number }) =>
      1 + args.first * Math.max(1, childComplexity),
  };
  const subscription = schema.getSubscriptionType()!.getFields();
  subscription['bars']!.resolve = (root: unknown) => root;
  subscription['bars']!.subscribe = (
    _: unknown,
    { symbols, after }: { symbols?: string[]; after?: string },
    { events }: TestContext,
  ) =>
    events.stream({
      topic: 'market_data',
      types: ['bar'],
      matches: (event) => !symbols || symbols.includes(event.key),
      after: after ?? null,
      conflateBy: (event) => event.key,
      privateTo: null,
    });
  subscription['orderUpdates']!.resolve = (root: unknown) => root;
  subscription['orderUpdates']!.subscribe = (
    _: unknown,
    { accountId, after }: { accountId: string; after?: string },
    { events }: TestContext,
  ) =>
    events.stream({
      topic: 'orders',
      types: ['order_updated'],
      matches: (event) => event.key === accountId,
      after: after ?? null,
      isOver: accountId.startsWith('ended-'),
      conflateBy: null,
      privateTo: accountId,
    });
  subscription['brokenBars']!.subscribe = () => {
    throw new Error('the password is swordfish');
  };
  return schema;
}
