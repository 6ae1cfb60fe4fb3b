import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import { invariant } from '../domain/result.js';
import type { EventTypes, LoggedEvent } from '../domain/events.js';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import type { BusinessTopic } from '../domain/topics.js';
import { Timeframe } from '../schema/market-enums.js';
import { AnomalyEvent, BarEvent, OrderEvent, PortfolioEvent, SignalEvent } from '../schema/subscription-events.js';
import { OrderEventTypeEnum } from '../schema/trading-enums.js';
import { knownAccount, knownSource } from './arguments.js';
import { requireScope } from './authorize.js';
import type { GraphQLContext } from './context.js';
import { anomalyOf, barOf, orderOf, portfolioOf, signalOf } from './event-payloads.js';
import type { StreamedEvent } from './event-streams.js';
import { streamedSeries, streamedSymbols } from './streamed-series.js';

type ResolverData<A> = { readonly args: A; readonly context: GraphQLContext };
interface SymbolArgs {
  readonly symbols?: readonly string[] | null;
  readonly after?: string | null;
}
interface AccountArgs {
  readonly accountId?: string | null;
  readonly after?: string | null;
}

const AFTER =
  'Cursor of the last event that was seen: what came since is sent first, then it goes on live. Live from now on when left out.';
const SYMBOLS = 'Only of these symbols, 1 to 100, each of them tracked; all symbols when left out.';
const ACCOUNT = 'Id of the account; the default account when left out.';

/** The payload of an event that a stream of these types let through. */
function payloadOf<T extends BusinessTopic, K extends keyof EventTypes[T] & string>(
  event: LoggedEvent,
  topic: T,
  ...types: readonly K[]
): EventTypes[T][K] {
  invariant(
    event.topic === topic && types.some((type) => type === event.type),
    `${event.type} is no event of this stream`,
  );
  return event.payload as EventTypes[T][K];
}

/** Chooses events by the symbol that their payload names; null chooses all. */
const ofSymbols =
  (symbols: ReadonlySet<string> | null) =>
  (event: LoggedEvent): boolean =>
    symbols === null || ('symbol' in event.payload && symbols.has(event.payload.symbol));

async function accountStream(
  topic: 'orders' | 'portfolio',
  types: readonly string[],
  { args, context }: ResolverData<AccountArgs>,
) {
  requireScope(context, 'READ');
  const { id } = await knownAccount(context, args.accountId);
  return context.events.stream({
    topic,
    types,
    matches: (event) => 'account_id' in event.payload && event.payload.account_id === id,
    after: args.after ?? null,
    conflateBy: null,
    privateTo: id,
  });
}

const ORDER_EVENTS = {
  order_created: 'CREATED',
  order_accepted: 'ACCEPTED',
  order_updated: 'UPDATED',
  order_filled: 'FILLED',
  order_ended: 'ENDED',
} as const satisfies Record<keyof EventTypes['orders'], keyof typeof OrderEventTypeEnum>;
const ORDER_EVENT_TYPES = Object.keys(ORDER_EVENTS) as readonly (keyof typeof ORDER_EVENTS)[];

/** The arguments of its methods are looked at by `subscribe` alone: an event's payload needs none. */
export const SUBSCRIPTION_NAMES = ['bars', 'signals', 'anomalies', 'orderUpdates', 'portfolio'] as const;

@Resolver()
export class Subscriptions {
  @Subscription(() => BarEvent, {
    description:
      'New and corrected bars. A client that reads too slowly gets only the latest of each series, and is told how many it missed.',
    subscribe: async ({ args, context }: ResolverData<SymbolArgs & { readonly timeframe: TimeframeName }>) => {
      requireScope(context, 'READ');
      const isWanted = ofSymbols(await streamedSeries(context, args.symbols, args.timeframe));
      return context.events.stream({
        topic: 'market_data',
        types: ['bar'],
        matches: (event) =>
          isWanted(event) && 'timeframe' in event.payload && event.payload.timeframe === args.timeframe,
        after: args.after ?? null,
        conflateBy: (event) => event.key,
        privateTo: null,
      });
    },
  })
  bars(
    @Root() { cursor, event }: StreamedEvent,
    @Arg('symbols', () => [String], { nullable: true, description: SYMBOLS }) _symbols?: string[] | null | undefined,
    @Arg('timeframe', () => Timeframe, {
      defaultValue: 'ONE_MINUTE',
      description: 'Length of the bars: one in which a symbol is tracked; others are refused, for none would come.',
    })
    _timeframe?: TimeframeName,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after?: string | null | undefined,
  ): BarEvent {
    return { cursor, bar: barOf(payloadOf(event, 'market_data', 'bar')) };
  }

  @Subscription(() => SignalEvent, {
    description: 'New signals, HOLD included. Never thinned out.',
    subscribe: async ({ args, context }: ResolverData<SymbolArgs & { readonly source?: string | null }>) => {
      requireScope(context, 'READ');
      const isWanted = ofSymbols(await streamedSymbols(context, args.symbols));
      const source = await knownSource(context, args.source);
      return context.events.stream({
        topic: 'trading_signals',
        types: ['signal'],
        matches: (event) =>
          isWanted(event) && (source === null || ('source' in event.payload && event.payload.source === source)),
        after: args.after ?? null,
        conflateBy: null,
        privateTo: null,
      });
    },
  })
  signals(
    @Root() { cursor, event }: StreamedEvent,
    @Arg('symbols', () => [String], { nullable: true, description: SYMBOLS }) _symbols?: string[] | null | undefined,
    @Arg('source', () => String, {
      nullable: true,
      description: 'Only of this signal source: lstm, ema-cross; all sources when left out.',
    })
    _source?: string | null | undefined,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after?: string | null | undefined,
  ): SignalEvent {
    return { cursor, signal: signalOf(payloadOf(event, 'trading_signals', 'signal')) };
  }

  @Subscription(() => AnomalyEvent, {
    description: 'New anomalies. Never thinned out.',
    subscribe: async ({ args, context }: ResolverData<SymbolArgs>) => {
      requireScope(context, 'READ');
      const matches = ofSymbols(await streamedSymbols(context, args.symbols));
      return context.events.stream({
        topic: 'anomalies',
        types: ['anomaly'],
        matches,
        after: args.after ?? null,
        conflateBy: null,
        privateTo: null,
      });
    },
  })
  anomalies(
    @Root() { cursor, event }: StreamedEvent,
    @Arg('symbols', () => [String], { nullable: true, description: SYMBOLS }) _symbols?: string[] | null | undefined,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after?: string | null | undefined,
  ): AnomalyEvent {
    return { cursor, anomaly: anomalyOf(payloadOf(event, 'anomalies', 'anomaly')) };
  }

  @Subscription(() => OrderEvent, {
    description: 'Changes of the orders of one account, fills included. Private; never thinned out.',
    subscribe: (data: ResolverData<AccountArgs>) => accountStream('orders', ORDER_EVENT_TYPES, data),
  })
  orderUpdates(
    @Root() { cursor, event }: StreamedEvent,
    @Arg('accountId', () => ID, { nullable: true, description: ACCOUNT }) _accountId?: string | null | undefined,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after?: string | null | undefined,
  ): OrderEvent {
    const payload = payloadOf(event, 'orders', ...ORDER_EVENT_TYPES);
    const { fill } = payload;
    return {
      cursor,
      type: ORDER_EVENTS[event.type as keyof typeof ORDER_EVENTS],
      timestamp: Date.parse(payload.timestamp),
      // Its other fields are looked up by their resolvers when they are asked for.
      order: orderOf(payload),
      fill: fill && { id: fill.fill_id, quantity: fill.quantity, price: fill.price, fee: fill.fee },
    };
  }

  @Subscription(() => PortfolioEvent, {
    description: 'Valuations of one account, one a market time. Private; never thinned out.',
    subscribe: (data: ResolverData<AccountArgs>) => accountStream('portfolio', ['portfolio_updated'], data),
  })
  portfolio(
    @Root() { cursor, event }: StreamedEvent,
    @Arg('accountId', () => ID, { nullable: true, description: ACCOUNT }) _accountId?: string | null | undefined,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after?: string | null | undefined,
  ): PortfolioEvent {
    return { cursor, portfolio: portfolioOf(payloadOf(event, 'portfolio', 'portfolio_updated')) };
  }
}
