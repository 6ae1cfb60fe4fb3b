import type { StreamedEvent, StreamRequest } from '../../resolvers/event-streams.js';

/**
 * What a subscription resolver gets from the hub: it carries the request through graphql-js to the websocket server,
 * which joins the client to the hub. It is not iterated: the hub pushes, so that one execution serves many clients.
 */
export class EventStream implements AsyncIterable<StreamedEvent> {
  constructor(readonly request: StreamRequest) {}

  [Symbol.asyncIterator](): AsyncIterator<StreamedEvent> {
    throw new Error('subscriptions are served by the fan-out hub, over websocket');
  }
}
