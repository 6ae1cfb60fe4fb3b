import { once } from 'node:events';
import type { Client, Connection } from 'pg';
import { COPY_CHUNK_BYTES, CopyQuery, type CopyConnection } from '../copy-stream.js';
import { BLOCK_BYTES } from './backup-format.js';

/** A COPY TO STDOUT whose rows are gathered in blocks, and which stops reading the socket while a block waits. */
class CopyOutQuery extends CopyQuery {
  private readonly full: Buffer[] = [];
  private block = Buffer.allocUnsafe(BLOCK_BYTES);
  private filled = 0;
  private connection: Connection | null = null;
  private isOver = false;
  private wake: () => void = () => undefined;

  constructor(text: string) {
    super(text);
    const end = () => {
      this.isOver = true;
      this.wake();
    };
    this.done.then(end, end);
  }

  override submit(connection: Connection): void {
    this.connection = connection;
    super.submit(connection);
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    let taken = 0;
    while (taken < chunk.length) {
      const copied = chunk.copy(this.block, this.filled, taken);
      taken += copied;
      this.filled += copied;
      if (this.filled === this.block.length) this.closeBlock();
    }
  }

  /** Blocks in order; only the last is shorter. To leave it before its end ends the connection. */
  async *blocks(): AsyncGenerator<Buffer, void> {
    try {
      for (;;) {
        const block = this.full.shift();
        if (block !== undefined) yield block;
        else if (this.isOver) break;
        else {
          this.connection?.stream.resume();
          await new Promise<void>((wake) => (this.wake = wake));
        }
      }
      await this.done;
      if (this.filled > 0) yield this.block.subarray(0, this.filled);
    } finally {
      // The rest of the answer would have to be read before anything else could be asked.
      if (!this.isOver) this.connection?.stream.destroy();
    }
  }

  private closeBlock(): void {
    this.full.push(this.block);
    this.block = Buffer.allocUnsafe(BLOCK_BYTES);
    this.filled = 0;
    this.connection?.stream.pause();
    this.wake();
  }
}

/** A COPY FROM STDIN that is fed no faster than the socket takes it. */
class CopyInQuery extends CopyQuery {
  private isOver = false;

  constructor(
    text: string,
    private readonly blocks: AsyncIterable<Buffer>,
  ) {
    super(text);
    const end = () => (this.isOver = true);
    this.done.then(end, end);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    void this.feed(connection);
  }

  private async feed(connection: CopyConnection): Promise<void> {
    try {
      for await (const block of this.blocks) {
        for (let start = 0; start < block.length; start += COPY_CHUNK_BYTES) {
          if (this.isOver) return;
          connection.sendCopyFromChunk(block.subarray(start, start + COPY_CHUNK_BYTES));
          if (connection.stream.writableNeedDrain) {
            await Promise.race([once(connection.stream, 'drain'), this.done]);
          }
        }
      }
      connection.endCopyFrom();
    } catch (error) {
      if (this.isOver) return;
      this.fail(error);
      connection.sendCopyFail('the rows could not be read');
    }
  }
}

export interface CopyOut {
  readonly blocks: AsyncGenerator<Buffer, void>;
  /** Known when the blocks have been read. */
  rows(): number;
}

/** Runs `COPY ... TO STDOUT`. */
export function copyOut(client: Client, text: string): CopyOut {
  const query = client.query(new CopyOutQuery(text));
  return { blocks: query.blocks(), rows: () => query.rowCount };
}

/** Runs `COPY ... FROM STDIN` with these blocks; answers the rows that the server has counted. */
export async function copyIn(client: Client, text: string, blocks: AsyncIterable<Buffer>): Promise<number> {
  const query = client.query(new CopyInQuery(text, blocks));
  await query.done;
  return query.rowCount;
}
