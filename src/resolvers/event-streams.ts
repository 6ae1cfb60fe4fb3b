import type { LoggedEvent, LogPosition } from '../domain/events.js';
import type { BusinessTopic } from '../domain/topics.js';

/** What a subscription wants of the event log. */
export interface StreamRequest {
  readonly topic: BusinessTopic;
  /** Event types of the topic; others are passed over. */
  readonly types: readonly string[];
  matches(event: LoggedEvent): boolean;
  /** Cursor to go on behind: first what was missed, then live. Null: live from now on. */
  readonly after: string | null;
  /** Where to begin in one partition when there is no cursor; of the others live from now on. Left out: live in all. */
  readonly begin?: LogPosition;
  /**
   * What it tells of is over, and nothing more is appended: where `after` leaves nothing to be sent, the stream ends with
   * BAD_CURSOR instead of being silent for ever.
   */
  readonly isOver?: boolean;
  /** Events of equal keys: of a slow client's waiting ones only the latest is kept. Null: never conflated. */
  readonly conflateBy: ((event: LoggedEvent) => string) | null;
  /** Account whose private stream this is: never shared across accounts. Null for public streams. */
  readonly privateTo: string | null;
}

/** Root value of a subscription's payload. */
export interface StreamedEvent {
  /** Opaque; as `after` it goes on behind this event. */
  readonly cursor: string;
  readonly event: LoggedEvent;
}

export interface EventStreams {
  /** Throws a GraphQLError for a cursor that is not one of this topic (BAD_CURSOR) or that is no longer kept (LAGGED). */
  stream(request: StreamRequest): AsyncIterable<StreamedEvent>;
  /** Cursor behind everything that was appended to the topic up to now. */
  cursorOfNow(topic: BusinessTopic): Promise<string>;
}
