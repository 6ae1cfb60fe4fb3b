import { unreachable } from '../../domain/result.js';
import { type BusinessTopic, PARTITIONS, TOPICS } from '../../domain/topics.js';
import { type EventBus, LogGapError, type OffsetVector } from '../../ports/event-bus.js';
import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import type { EventStreams, StreamRequest } from '../../resolvers/event-streams.js';
import { sharingScope, type ApiClient, type CreateContext } from '../client.js';
import { refusal } from '../errors.js';
import type { Operations, PreparedOperation } from '../operation.js';
import { catchUp } from './catch-up.js';
import type { ClientSocket } from './client-socket.js';
import { ClientSubscription } from './client-subscription.js';
import { CursorCodec, type CursorFault } from './cursor.js';
import { EventStream } from './event-stream.js';
import { sharingKey } from './sharing-key.js';
import { SubscriptionGroup } from './subscription-group.js';
import { TopicTail } from './topic-tail.js';

export interface FanOutHubOptions {
  readonly bus: EventBus;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** The same for the life of a database, another one for each database: cursors carry it. */
  readonly databaseId: string;
}

/** A client's subscription, as it comes from the websocket server. */
export interface OpenSubscription {
  readonly socket: ClientSocket;
  /** The client's id of the subscription, unique within its socket. */
  readonly id: string;
  readonly prepared: PreparedOperation;
  readonly stream: EventStream;
  readonly client: ApiClient;
}

/** Looks for events even when no wake-up came: a lost one must not become silence. */
const POLL_MS = 1_000;

/** Tails every topic once and fans its events out to the websocket clients. */
export class FanOutHub implements EventStreams {
  private readonly tails = new Map<BusinessTopic, TopicTail>();
  private readonly groups = new Map<string, SubscriptionGroup>();
  private subscriptions = 0;
  private readonly cursors: CursorCodec;
  private readonly stopListening: () => void;
  private readonly poll: NodeJS.Timeout;

  private constructor(private readonly options: FanOutHubOptions) {
    this.cursors = new CursorCodec(options.databaseId, PARTITIONS);
    for (const topic of TOPICS) this.tails.set(topic, new TopicTail(topic, options.bus, options.logger));
    this.stopListening = options.bus.onAppend((topic) => {
      for (const tail of this.tails.values()) if (tail.topic === topic) tail.wake();
    });
    this.poll = setInterval(() => {
      for (const tail of this.tails.values()) tail.wake();
    }, POLL_MS);
    this.poll.unref();
  }

  /** Starts at the log's head: what was appended before is read only for clients that ask for it by cursor. */
  static async start(options: FanOutHubOptions): Promise<FanOutHub> {
    const hub = new FanOutHub(options);
    await Promise.all([...hub.tails.values()].map((tail) => tail.start()));
    return hub;
  }

  async stop(): Promise<void> {
    clearInterval(this.poll);
    this.stopListening();
    await Promise.all([...this.tails.values()].map((tail) => tail.stop()));
  }

  stream(request: StreamRequest): EventStream {
    return new EventStream(request);
  }

  async cursorOfNow(topic: BusinessTopic): Promise<string> {
    return this.cursors.encode(topic, await this.options.bus.head(topic));
  }

  /**
   * A subscription that starts once it is iterated. Throws a GraphQLError BAD_CURSOR when `after` is of another stream
   * or database; it ends with LAGGED when the events after it are no longer kept.
   */
  open(opening: OpenSubscription, operations: Operations, createContext: CreateContext): ClientSubscription {
    const { request } = opening.stream;
    const tail = this.tailOf(request.topic);
    const from = request.after === null ? beginning(request, tail) : this.decode(request.topic, request.after);
    const key = sharingKey(opening.prepared, sharingScope(opening.client), request.privateTo);
    const begin = (subscription: ClientSubscription): void => {
      const group = this.join(key, tail, opening, operations, createContext);
      if (from) void this.resume(subscription, group, tail, from, request);
      else group.admit(subscription, tail.sequence);
    };
    return new ClientSubscription(opening.socket, opening.id, begin, (subscription) =>
      this.leave(key, tail, subscription),
    );
  }

  private join(
    key: string,
    tail: TopicTail,
    { prepared, stream, client }: OpenSubscription,
    operations: Operations,
    createContext: CreateContext,
  ): SubscriptionGroup {
    let group = this.groups.get(key);
    if (!group) {
      const { metrics } = this.options;
      group = new SubscriptionGroup(
        stream.request,
        (item) => this.cursors.encode(tail.topic, item.offsets),
        (event) => {
          const result = operations.runEvent(prepared, createContext(client), event);
          return result instanceof Promise ? result.then((settled) => JSON.stringify(settled)) : JSON.stringify(result);
        },
        {
          framesSent: (count) => metrics.count('tradegraph_subscription_frames_total', {}, count),
          framesDropped: (count) => metrics.count('tradegraph_subscription_frames_dropped_total', {}, count),
        },
        (subscription) => void this.endLagged(subscription, tail.topic),
      );
      this.groups.set(key, group);
      tail.listen(group);
    }
    group.retain();
    this.counted(1);
    return group;
  }

  private leave(key: string, tail: TopicTail, subscription: ClientSubscription): void {
    const group = this.groups.get(key);
    this.counted(-1);
    group?.release(subscription);
    if (!group?.isUnused) return;
    tail.leave(group);
    this.groups.delete(key);
  }

  private counted(change: number): void {
    this.subscriptions += change;
    this.options.metrics.gauge('tradegraph_subscriptions', this.subscriptions);
  }

  private async resume(
    subscription: ClientSubscription,
    group: SubscriptionGroup,
    tail: TopicTail,
    from: OffsetVector,
    { after, isOver = false }: StreamRequest,
  ): Promise<void> {
    // What is over has its last event in the log already, though the tail may not have passed it yet.
    const mustEnd = isOver && after !== null;
    let until = from;
    try {
      if (mustEnd || from.some((off, part) => off > (tail.position[part] ?? 0))) {
        const head = await this.options.bus.head(tail.topic);
        if (from.some((off, part) => off > (head[part] ?? 0))) throw badCursor('is ahead of the log', tail.topic);
        if (mustEnd) until = head;
      }
      const encodeCursor = (offsets: OffsetVector): string => this.cursors.encode(tail.topic, offsets);
      const sent = await catchUp({ subscription, group, tail, from, until, encodeCursor });
      if (mustEnd && sent === 0) throw badCursor('lies behind the last event, and nothing comes any more', tail.topic);
    } catch (error) {
      if (error instanceof LogGapError) await this.endLagged(subscription, tail.topic);
      else subscription.finish(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private async endLagged(subscription: ClientSubscription, topic: BusinessTopic): Promise<void> {
    try {
      const oldest = this.cursors.encode(topic, await this.options.bus.oldest(topic));
      subscription.finish(
        refusal('LAGGED', 'Events after this cursor are no longer kept; `oldest` is the first one that is.', {
          oldest,
        }),
      );
    } catch (error) {
      subscription.finish(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private decode(topic: BusinessTopic, cursor: string): OffsetVector {
    const decoded = this.cursors.decode(topic, cursor);
    if (!decoded.ok) throw badCursor(faultText(decoded.error), topic);
    return decoded.value;
  }

  private tailOf(topic: BusinessTopic): TopicTail {
    const tail = this.tails.get(topic);
    if (!tail) throw new Error(`no such topic: ${topic}`);
    return tail;
  }
}

/** Where a client without a cursor begins: null for live from now on. */
const beginning = ({ begin }: StreamRequest, tail: TopicTail): OffsetVector | null =>
  begin === undefined ? null : tail.position.map((off, part) => (part === begin.part ? begin.off : off));

const badCursor = (fault: string, topic: BusinessTopic): Error =>
  refusal('BAD_CURSOR', `The cursor given as \`after\` ${fault}.`, { field: 'after', stream: topic });

function faultText(fault: CursorFault): string {
  switch (fault) {
    case 'MALFORMED':
      return 'is not one of ours';
    case 'OTHER_DATABASE':
      return 'belongs to another database';
    case 'OTHER_TOPIC':
      return 'belongs to another stream';
    case 'OTHER_PARTITIONS':
      return 'has another number of partitions';
    default:
      return unreachable(fault);
  }
}
