import type { Connection, PoolClient, Submittable } from 'pg';

/** The parts of pg's connection that its type definitions leave out. */
export interface CopyConnection extends Connection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  sendCopyFail(reason: string): void;
  endCopyFrom(): void;
}

/** Sent at once: large enough to be few messages, small enough that pg's write buffer stays small. */
export const COPY_CHUNK_BYTES = 65_536;

/**
 * A COPY as pg's client runs it: pg itself answers COPY only with an error, but hands every message of the running
 * query to it. `callback` is where pg hooks its query timeout in.
 */
export abstract class CopyQuery implements Submittable {
  callback: (error: Error | null) => void = () => undefined;
  readonly done: Promise<void>;
  private readonly text: string;
  private failure: Error | null = null;
  /** Rows that the server has counted, once it is done. */
  rowCount = 0;

  constructor(text: string) {
    this.text = text;
    this.done = new Promise((resolve, reject) => {
      this.callback = (error) => (error === null ? resolve() : reject(error));
    });
  }

  submit(connection: Connection): void {
    (connection as CopyConnection).query(this.text);
  }

  protected fail(error: unknown): void {
    this.failure ??= error instanceof Error ? error : new Error(String(error));
  }

  get failed(): boolean {
    return this.failure !== null;
  }

  handleError(error: Error): void {
    this.callback(this.failure ?? error);
  }

  handleReadyForQuery(): void {
    this.callback(this.failure);
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(message: { readonly text: string }): void {
    this.rowCount = Number(message.text.split(' ')[1]);
  }
  handleEmptyQuery(): void {}
}

class CopyFromQuery extends CopyQuery {
  private readonly data: Buffer;

  constructor(text: string, data: Buffer) {
    super(text);
    this.data = data;
  }

  handleCopyInResponse(connection: CopyConnection): void {
    for (let start = 0; start < this.data.length; start += COPY_CHUNK_BYTES) {
      connection.sendCopyFromChunk(this.data.subarray(start, start + COPY_CHUNK_BYTES));
    }
    connection.endCopyFrom();
  }
}

class CopyToQuery extends CopyQuery {
  private readonly take: (chunk: Buffer) => void;

  constructor(text: string, take: (chunk: Buffer) => void) {
    super(text);
    this.take = take;
  }

  handleCopyData(message: { readonly chunk: Buffer }): void {
    if (this.failed) return;
    try {
      this.take(message.chunk);
    } catch (error) {
      // Thrown here it would end the process; the rest of the answer has to be read in any case.
      this.fail(error);
    }
  }
}

/** Runs `COPY ... FROM STDIN` with `data` (whole: the caller bounds its size). Throws what the server answers. */
export async function copyFrom(client: PoolClient, text: string, data: Buffer): Promise<void> {
  await client.query(new CopyFromQuery(text, data)).done;
}

/** Runs `COPY ... TO STDOUT`. `take` gets chunks that are only valid during the call. */
export async function copyTo(client: PoolClient, text: string, take: (chunk: Buffer) => void): Promise<void> {
  await client.query(new CopyToQuery(text, take)).done;
}
