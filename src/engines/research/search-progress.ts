/**
 * Which indexes of a list are done, as bits: 100,000 sets are 12.5 KB. A search that was stopped goes on from them, a
 * killed worker's chunk is given out again.
 */
export class SearchProgress {
  readonly length: number;
  doneCount = 0;
  private readonly done: Uint8Array;
  private readonly taken: Uint8Array;
  /** No index below this one is free. */
  private firstFree = 0;

  /** @param length indexes 0 to length - 1 are to be done */
  constructor(length: number) {
    this.length = length;
    this.done = new Uint8Array(Math.ceil(length / 8));
    this.taken = new Uint8Array(Math.ceil(length / 8));
  }

  /** Goes on from what `toBytes` left. @throws RangeError when the bytes are of another length */
  static fromBytes(length: number, bytes: Uint8Array): SearchProgress {
    const progress = new SearchProgress(length);
    if (bytes.length !== progress.done.length) {
      throw new RangeError(`${bytes.length} bytes do not say which of ${length} are done`);
    }
    for (let index = 0; index < length; index += 1) if (isSet(bytes, index)) progress.markDone(index);
    return progress;
  }

  get isComplete(): boolean {
    return this.doneCount === this.length;
  }

  isDone(index: number): boolean {
    return isSet(this.done, index);
  }

  /** Up to `size` indexes, ascending, that are neither done nor with a worker. Empty when there are none. */
  take(size: number): number[] {
    const chunk: number[] = [];
    let index = this.firstFree;
    for (; index < this.length && chunk.length < size; index += 1) {
      if (isSet(this.done, index) || isSet(this.taken, index)) continue;
      setBit(this.taken, index);
      chunk.push(index);
    }
    this.firstFree = index;
    return chunk;
  }

  /** Takes a chunk back whose worker is gone: what was not done of it is free again. */
  giveBack(indexes: readonly number[]): void {
    for (const index of indexes) {
      clearBit(this.taken, index);
      this.firstFree = Math.min(this.firstFree, index);
    }
  }

  /** Marking an index again changes nothing. @throws RangeError for an index out of the list */
  markDone(index: number): void {
    if (!Number.isInteger(index) || index < 0 || index >= this.length) {
      throw new RangeError(`index ${index} of ${this.length}`);
    }
    if (isSet(this.done, index)) return;
    setBit(this.done, index);
    this.doneCount += 1;
  }

  /** One bit an index, the lowest bit first. */
  toBytes(): Uint8Array {
    return this.done.slice();
  }
}

const isSet = (bits: Uint8Array, index: number): boolean => (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
const setBit = (bits: Uint8Array, index: number): void => {
  bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
};
const clearBit = (bits: Uint8Array, index: number): void => {
  bits[index >> 3] = (bits[index >> 3] ?? 0) & ~(1 << (index & 7));
};
