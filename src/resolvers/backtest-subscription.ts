import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import { isFinal, type BacktestStatus } from '../domain/backtest.js';
import type { ErrorCode } from '../domain/error-codes.js';
import type { BacktestPayload } from '../domain/events.js';
import { invariant } from '../domain/result.js';
import { partitionOf } from '../domain/topics.js';
import { BacktestEvent, type BacktestProgress } from '../schema/backtest-event.js';
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
  const backtest = isUuid(id) ? await context.readModel.backtests.backtest(id) : null;
  if (backtest === null) {
    const value = args.id.slice(0, 100);
    throw queryError({ code: 'UNKNOWN_BACKTEST', message: `id: there is no backtest "${value}"`, path: ['id'], value });
  }
  return context.events.stream({
    topic: 'backtests',
    types: ['backtest_updated'],
    matches: (event) => event.key === id,
    after: args.after ?? null,
    // From its first event on: it may have ended before anybody could ask how it goes.
    begin: { part: partitionOf(id), off: backtest.firstOffset },
    isOver: isFinal(backtest.status),
    conflateBy: (event) => event.key,
    privateTo: null,
  });
}

export const BACKTEST_SUBSCRIPTION_NAMES = ['backtestProgress'] as const;

@Resolver()
export class BacktestSubscriptions {
  @Subscription(() => BacktestEvent, {
    description:
      'How a backtest goes, from its start on: at most ten events a second. A client that reads too slowly gets only the latest.',
    subscribe: progressStream,
  })
  backtestProgress(
    @Root() { cursor, event }: StreamedEvent,
    @Arg('id', () => ID, { description: 'Id of the backtest.' }) _id?: string,
    @Arg('after', () => String, {
      nullable: true,
      description:
        'Cursor of the last event that was seen: what came since is sent first, then it goes on live. From the start of the backtest when left out. BAD_CURSOR when the backtest is over and its last event lies before it.',
    })
    _after?: string | null | undefined,
  ): BacktestEvent {
    invariant(event.type === 'backtest_updated', `${event.type} is no event of this stream`);
    return { cursor, backtest: progressOf(event.payload) };
  }
}

const progressOf = (payload: BacktestPayload): BacktestProgress => ({
  id: payload.backtest_id,
  status: payload.status as BacktestStatus,
  percent: payload.progress * 100,
  barTime: payload.bar_time === null ? null : Date.parse(payload.bar_time),
  equity: payload.equity,
  error:
    payload.error_code === null
      ? null
      : { code: payload.error_code as ErrorCode, message: payload.error_message ?? '' },
  version: payload.version,
});
