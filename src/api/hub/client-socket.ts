import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** Close codes: https://www.rfc-editor.org/rfc/rfc6455#section-7.4 and the IANA registry. */
export const GOING_AWAY = 1001;
export const TRY_AGAIN_LATER = 1013;

/** Answers of a client's own requests that it does not read; then it is too slow to be served. */
const UNREAD_BYTES = 4_000_000;

/** Something with frames waiting for a socket to take them. */
export interface Sender {
  /** Sends one waiting frame. @returns false when there is none */
  sendNext(): boolean;
  /** Lets go of all waiting frames. */
  abandon(): void;
}

/** One client's websocket and what stands in front of it. */
export class ClientSocket {
  private readonly senders = new Set<Sender>();
  private readonly waiting = new Set<() => void>();

  /** @param stream the connection under `ws`, whose buffer says whether the client keeps up */
  constructor(
    private readonly ws: WebSocket,
    private readonly stream: Duplex,
  ) {
    stream.on('drain', () => this.drained());
    ws.once('close', () => this.letGo());
  }

  get isOpen(): boolean {
    return this.ws.readyState === this.ws.OPEN;
  }

  /** The kernel and the connection's buffer are full: the client reads more slowly than it is written to. */
  get isCongested(): boolean {
    return this.stream.writableNeedDrain;
  }

  attach(sender: Sender): void {
    this.senders.add(sender);
  }

  detach(sender: Sender): void {
    this.senders.delete(sender);
  }

  /** Sends one text frame, whatever stands in front of it. */
  send(text: string): void {
    if (!this.isOpen) return;
    this.ws.send(text);
    if (this.ws.bufferedAmount > UNREAD_BYTES) this.close(TRY_AGAIN_LATER, 'Answers are not read');
  }

  /** Resolves when the client has taken what was sent, or is gone. */
  async writable(): Promise<void> {
    while (this.isOpen && this.isCongested) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  close(code: number, reason: string): void {
    if (this.isOpen) this.ws.close(code, reason);
    this.letGo();
  }

  private drained(): void {
    let sent = true;
    while (sent && !this.isCongested && this.isOpen) {
      sent = false;
      // In turns, or a busy subscription would starve the socket's other ones.
      for (const sender of this.senders) {
        if (this.isCongested) return;
        sent = sender.sendNext() || sent;
      }
    }
    if (!this.isCongested) this.wake();
  }

  private letGo(): void {
    for (const sender of this.senders) sender.abandon();
    this.wake();
  }

  private wake(): void {
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const resolve of waiting) resolve();
  }
}
