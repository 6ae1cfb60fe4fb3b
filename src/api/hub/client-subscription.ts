import type { ExecutionResult } from 'graphql';
import { type ClientSocket, type Sender, TRY_AGAIN_LATER } from './client-socket.js';
import { FrameQueue } from './frame-queue.js';

/** What became of a frame. */
export type Delivery = 'SENT' | 'QUEUED' | 'SUPERSEDED';

/**
 * One client's subscription. For graphql-ws it is an async iterable that yields nothing and ends when the subscription
 * does; events go past it, straight to the socket, as text that was serialised once for all clients of a group.
 */
export class ClientSubscription implements AsyncIterableIterator<ExecutionResult>, Sender {
  private readonly queue = new FrameQueue();
  private readonly prefix: string;
  private readonly ended: Promise<IteratorResult<ExecutionResult>>;
  private settle: { complete(): void; fail(error: Error): void };
  private state: 'NEW' | 'RUNNING' | 'ENDED' = 'NEW';

  /**
   * @param begin joins the hub; called when graphql-ws has registered the subscription, so no frame comes before that
   * @param leave undoes `begin`
   */
  constructor(
    private readonly socket: ClientSocket,
    id: string,
    private readonly begin: (subscription: ClientSubscription) => void,
    private readonly leave: (subscription: ClientSubscription) => void,
  ) {
    this.prefix = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
    this.settle = { complete: () => undefined, fail: () => undefined };
    this.ended = new Promise((resolve, reject) => {
      this.settle = { complete: () => resolve({ done: true, value: undefined }), fail: reject };
    });
    // Nobody waits for it when the subscription ends before it is begun.
    this.ended.catch(() => undefined);
  }

  get isEnded(): boolean {
    return this.state === 'ENDED';
  }

  /** Takes one event's result: `payload` is the text of a JSON object. `key` null: it may never be left out. */
  deliver(payload: string, key: string | null): Delivery {
    if (this.queue.size === 0 && !this.socket.isCongested) {
      this.socket.send(`${this.prefix}${payload}}`);
      return 'SENT';
    }
    const superseded = this.queue.push(payload, key);
    if (this.queue.isOverfull) this.socket.close(TRY_AGAIN_LATER, 'Too slow: resume after the last cursor');
    return superseded ? 'SUPERSEDED' : 'QUEUED';
  }

  /** Sends one event's result when the client has taken the earlier ones: for catching up, which can wait. */
  async deliverInTurn(payload: string): Promise<void> {
    await this.socket.writable();
    if (this.state === 'RUNNING') this.socket.send(`${this.prefix}${payload}}`);
  }

  sendNext(): boolean {
    const payload = this.queue.shift();
    if (payload === undefined) return false;
    const dropped = this.queue.takeDropped();
    this.socket.send(`${this.prefix}${dropped > 0 ? withDropped(payload, dropped) : payload}}`);
    return true;
  }

  abandon(): void {
    this.queue.clear();
  }

  /** Ends it from the server's side: with an `error` frame, or with `complete`. */
  finish(error: Error | null): void {
    if (!this.stop()) return;
    if (error) this.settle.fail(error);
    else this.settle.complete();
  }

  next(): Promise<IteratorResult<ExecutionResult>> {
    if (this.state === 'NEW') {
      this.state = 'RUNNING';
      this.socket.attach(this);
      this.begin(this);
    }
    return this.ended;
  }

  /** The client completed it, or is gone. */
  return(): Promise<IteratorResult<ExecutionResult>> {
    this.finish(null);
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private stop(): boolean {
    if (this.state === 'ENDED') return false;
    const wasRunning = this.state === 'RUNNING';
    this.state = 'ENDED';
    this.abandon();
    this.socket.detach(this);
    if (wasRunning) this.leave(this);
    return true;
  }
}

/** Payloads are written by us and have no extensions of their own. */
const withDropped = (payload: string, dropped: number): string =>
  `${payload.slice(0, -1)},"extensions":{"dropped":${dropped}}}`;
