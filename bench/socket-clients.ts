import { WebSocket } from 'ws';

/** What the parent process asks of this one: open sockets, or count what they get. */
export interface OpenSockets {
  readonly kind: 'open';
  readonly url: string;
  readonly sockets: number;
  /** Sent once it is acknowledged, as graphql-transport-ws has it; null: the socket only listens. */
  readonly query: string | null;
}
export interface CountFrames {
  readonly kind: 'count';
  /** Answered once so many frames came since the last answer. */
  readonly frames: number;
}

let open: WebSocket[] = [];
let frames = 0;
let wanted = Infinity;

function answerWhenAllCame(): void {
  if (frames < wanted) return;
  frames -= wanted;
  wanted = Infinity;
  process.send?.('counted');
}

async function openOne({ url, query }: OpenSockets, index: number): Promise<WebSocket> {
  const ws = new WebSocket(url, query === null ? [] : ['graphql-transport-ws'], { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    ws.once('error', reject);
    ws.once('open', resolve);
  });
  if (query !== null) {
    const acknowledged = new Promise<void>((resolve) => ws.once('message', () => resolve()));
    ws.send('{"type":"connection_init"}');
    await acknowledged;
    // Ids as graphql-ws makes them: every client has its own.
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    ws.send(JSON.stringify({ id, type: 'subscribe', payload: { query } }));
    // Answered in order: once the second answer is here, the subscription is under way.
    const answered = new Promise<void>((resolve) => {
      ws.on('message', function onAnswer(data) {
        if (!String(data).includes('"complete"')) return;
        ws.off('message', onAnswer);
        resolve();
      });
    });
    ws.send(JSON.stringify({ id: 'ready', type: 'subscribe', payload: { query: '{ __typename }' } }));
    await answered;
  }
  ws.on('message', () => {
    frames += 1;
    answerWhenAllCame();
  });
  return ws;
}

async function openAll(command: OpenSockets): Promise<void> {
  for (const ws of open) ws.terminate();
  open = [];
  frames = 0;
  for (let index = 0; index < command.sockets; index += 1) open.push(await openOne(command, index));
  process.send?.('opened');
}

process.on('message', (command: OpenSockets | CountFrames) => {
  if (command.kind === 'count') {
    wanted = command.frames;
    answerWhenAllCame();
    return;
  }
  openAll(command).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
