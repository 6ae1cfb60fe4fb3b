/** A column that grows value by value. Its array is another one after it had to become larger. */
export class GrowingColumn {
  length = 0;
  private storage: Float64Array;

  constructor(capacity = 256) {
    this.storage = new Float64Array(capacity);
  }

  /** What lines read: longer than `length`, with zeros behind it that nobody's cursor reaches. */
  get values(): Float64Array {
    return this.storage;
  }

  push(value: number): void {
    if (this.length === this.storage.length) {
      const larger = new Float64Array(this.storage.length * 2);
      larger.set(this.storage);
      this.storage = larger;
    }
    this.storage[this.length] = value;
    this.length += 1;
  }
}
