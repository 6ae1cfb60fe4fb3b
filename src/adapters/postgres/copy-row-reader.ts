import { BAR_HISTORY_ROWS_MAX } from '../../ports/bar-history.js';
import { COPY_HEADER_BYTES, POSTGRES_EPOCH_MS } from './copy-format.js';

/** 2 bytes with the number of fields, then 4 bytes of length and 8 of value for each. */
const FIELD_BYTES = 12;
const TRAILER_BYTES = 2;
const TWO_TO_32 = 2 ** 32;
const BLOCK_ROWS = 16_384;

/**
 * Reads rows of 8-byte fields as they come in: the first field timestamptz, read as epoch milliseconds UTC, the others
 * float8. PostgreSQL sends one message a row, the header before the first, the trailer as the last one. Rows are gathered
 * in blocks, so that a million messages are no million buffers.
 */
export class CopyRowReader {
  private readonly columnCount: number;
  private readonly rowBytes: number;
  private readonly blocks: Float64Array[][] = [];
  private readonly pending: Buffer;
  private pendingRows = 0;
  private headerRead = false;
  private rows = 0;

  constructor(columnCount: number) {
    this.columnCount = columnCount;
    this.rowBytes = 2 + columnCount * FIELD_BYTES;
    this.pending = Buffer.alloc(BLOCK_ROWS * this.rowBytes);
  }

  /** @throws Error for a row of another shape, a NULL among them; RangeError for more rows than the limit */
  take(message: Buffer): void {
    const start = this.headerRead ? 0 : COPY_HEADER_BYTES;
    this.headerRead = true;
    const bytes = message.length - start;
    if (bytes === TRAILER_BYTES || bytes === 0) return;
    if (bytes !== this.rowBytes) throw new Error('COPY row of an unexpected shape');
    message.copy(this.pending, this.pendingRows * this.rowBytes, start);
    this.pendingRows += 1;
    if (this.pendingRows === BLOCK_ROWS) this.decodeBlock();
  }

  get rowCount(): number {
    return this.rows + this.pendingRows;
  }

  /** Writes the rows into `columns` from `offset` on, in the order in which they came. */
  writeTo(columns: readonly Float64Array[], offset: number): void {
    this.decodeBlock();
    let start = offset;
    for (const block of this.blocks) {
      columns.forEach((column, index) => column.set(block[index] ?? [], start));
      start += block[0]?.length ?? 0;
    }
  }

  private decodeBlock(): void {
    if (this.pendingRows === 0) return;
    const { columnCount, rowBytes, pendingRows } = this;
    const view = new DataView(this.pending.buffer, this.pending.byteOffset, this.pending.length);
    const block = Array.from({ length: columnCount }, () => new Float64Array(pendingRows));
    block.forEach((column, index) => {
      let position = 2 + index * FIELD_BYTES + 4;
      for (let row = 0; row < pendingRows; row += 1) {
        column[row] = index === 0 ? timeAt(view, position) : view.getFloat64(position);
        position += rowBytes;
      }
    });
    this.blocks.push(block);
    this.rows += pendingRows;
    this.pendingRows = 0;
    if (this.rows > BAR_HISTORY_ROWS_MAX)
      throw new RangeError(`more than ${BAR_HISTORY_ROWS_MAX} bars are in this range: ask for fewer`);
  }
}

const timeAt = (view: DataView, position: number): number =>
  (view.getInt32(position) * TWO_TO_32 + view.getUint32(position + 4)) / 1000 + POSTGRES_EPOCH_MS;
