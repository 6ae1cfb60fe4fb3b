import { isIP, connect as connectPlain, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

/** kafkajs's own. */
const KEEP_ALIVE_MS = 60_000;

/**
 * The sockets of one kafkajs client, which can all be ended for good. kafkajs itself cannot be stopped while it joins a
 * group: `disconnect` then does nothing, and the consumer that nobody refers to any more becomes a member that takes
 * partitions and sends heartbeats for as long as the process lives.
 */
export class SeverableSockets {
  readonly #open = new Set<Socket>();
  #isSevered = false;

  /** For kafkajs's `socketFactory`. */
  readonly factory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    if (this.#isSevered) return refusedSocket();
    const socket = ssl
      ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }), ...ssl }, onConnect)
      : connectPlain({ host, port }, onConnect);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    this.#open.add(socket);
    // kafkajs hears of it as long as it listens; afterwards nobody need.
    socket.on('error', () => undefined);
    socket.once('close', () => this.#open.delete(socket));
    return socket;
  };

  /** Ends every connection, and refuses new ones: what still runs in the client fails from now on. */
  sever(): void {
    this.#isSevered = true;
    for (const socket of this.#open) socket.destroy(new Error('the client is closed'));
  }
}

/** Fails as one does that no server answers: after kafkajs has put its listeners on it. */
const refusedSocket = (): Socket => new Socket().destroy(new Error('the client is closed'));
