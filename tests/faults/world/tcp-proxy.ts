import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** `pass`: as it is. `delay`: every piece is held up. `hold`: a black hole, nothing arrives until it is lifted. */
export type LineState =
  { readonly kind: 'pass' } | { readonly kind: 'delay'; readonly ms: number } | { readonly kind: 'hold' };

/** The way of one process to a server: it can be cut, slowed down, and made to swallow everything. */
export interface TcpProxy {
  readonly port: number;
  /** Where new connections lead to from now on. */
  leadTo(port: number): void;
  /** `pass` lets what was held go on in its order, as a network does that is there again. */
  set(state: LineState): void;
  /** Cuts the connections of this moment (the other side hears a reset); answers how many. */
  cut(): number;
  /** Ports from which the connections of this moment reach the server. */
  upstreamPorts(): readonly number[];
  close(): Promise<void>;
}

/** One direction of one connection: pieces leave in the order they came, each not before its time. */
class Direction {
  private readonly queue: { readonly data: Buffer; readonly dueAt: number }[] = [];
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly state: () => LineState,
  ) {
    from.on('data', (data: Buffer) => {
      const line = this.state();
      this.queue.push({ data, dueAt: performance.now() + (line.kind === 'delay' ? line.ms : 0) });
      this.flush();
    });
  }

  flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    while (this.state().kind !== 'hold') {
      const [next] = this.queue;
      if (next === undefined) return;
      const waitMs = this.state().kind === 'delay' ? next.dueAt - performance.now() : 0;
      if (waitMs > 0) {
        this.timer = setTimeout(() => this.flush(), waitMs);
        return;
      }
      this.queue.shift();
      this.write(next.data);
    }
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.queue.length = 0;
  }

  /** A reader that does not keep up slows its writer down, as without a proxy. */
  private write(data: Buffer): void {
    if (this.to.destroyed || this.to.write(data)) return;
    this.from.pause();
    this.to.once('drain', () => this.from.resume());
  }
}

/** Listens on a free loopback port and leads to another one. */
export async function openTcpProxy(targetPort: number): Promise<TcpProxy> {
  const lines = new Map<Socket, { readonly upstream: Socket; readonly directions: readonly Direction[] }>();
  let target = targetPort;
  let state: LineState = { kind: 'pass' };
  const stateNow = (): LineState => state;
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    const directions = [new Direction(client, upstream, stateNow), new Direction(upstream, client, stateNow)];
    lines.set(client, { upstream, directions });
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
    }
    const end = (): void => {
      lines.delete(client);
      directions.forEach((direction) => direction.close());
    };
    // Closing is held up with everything else in a black hole: neither side hears of the other.
    client.on('close', () => {
      end();
      upstream.destroy();
    });
    upstream.on('close', () => {
      if (state.kind !== 'hold') client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): number => {
    const count = lines.size;
    for (const [client, { upstream }] of lines) {
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    }
    return count;
  };
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (port) => {
      target = port;
    },
    set: (next) => {
      state = next;
      for (const [client, { upstream, directions }] of lines) {
        directions.forEach((direction) => direction.flush());
        if (next.kind !== 'hold' && upstream.destroyed) client.destroy();
      }
    },
    cut,
    upstreamPorts: () => [...lines.values()].flatMap(({ upstream }) => upstream.localPort ?? []),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cut();
      await closed;
    },
  };
}
