import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import type { BusinessTopic } from '../domain/topics.js';
import { StreamNameEnum, type StreamName } from '../schema/stream-name.js';
import type { GraphQLContext } from './context.js';

const TOPIC_OF: Readonly<Record<StreamName, BusinessTopic>> = {
  BARS: 'market_data',
  SIGNALS: 'trading_signals',
  ANOMALIES: 'anomalies',
  ORDER_UPDATES: 'orders',
  PORTFOLIO: 'portfolio',
  BACKTEST_PROGRESS: 'backtests',
};

@Resolver()
export class StreamCursorResolver {
  @Authorized('READ')
  @Query(() => String, {
    description:
      'Cursor of this moment: a subscription `after` it gets every event from now on. Ask for it before you read a list, and nothing can happen unseen between the list and the stream.',
  })
  streamCursor(
    @Arg('stream', () => StreamNameEnum, { description: 'The subscription that is to go on behind it.' })
    stream: StreamName,
    @Ctx() { events }: GraphQLContext,
  ): Promise<string> {
    return events.cursorOfNow(TOPIC_OF[stream]);
  }
}
