/** Object ids of the element types, and the header of a one-dimensional array without NULLs: PostgreSQL's array_send. */
const TYPE_IDS = { text: 25, uuid: 2950, json: 114 } as const;
const HEADER_BYTES = 20;
const UUID_BYTES = 16;

/**
 * An array without NULLs as an argument: in the binary form for a parameter, which spares the server to take a long text
 * apart, and as text for a message of several statements. JSON must be without line breaks, as JSON.stringify writes it.
 */
export class SqlArray {
  private readonly type: keyof typeof TYPE_IDS;
  private readonly values: readonly string[];

  constructor(type: keyof typeof TYPE_IDS, values: readonly string[]) {
    this.type = type;
    this.values = values;
  }

  binary(): Buffer {
    return this.type === 'uuid' ? this.uuidBinary() : this.textBinary();
  }

  /** As an expression; `quote` makes a text a literal. */
  expression(quote: (text: string) => string): string {
    if (this.type === 'json') return `string_to_array(${quote(this.values.join('\n'))},${quote('\n')})::json[]`;
    return quote(`{"${this.values.map(escaped).join('","')}"}`);
  }

  private textBinary(): Buffer {
    // Three bytes of UTF-8 are the most that one UTF-16 unit takes: what is not used is cut off at the end.
    const most = this.values.reduce((bytes, value) => bytes + 4 + 3 * value.length, HEADER_BYTES);
    const buffer = this.withHeader(most);
    let end = HEADER_BYTES;
    for (const value of this.values) {
      const length = buffer.write(value, end + 4);
      buffer.writeInt32BE(length, end);
      end += 4 + length;
    }
    return buffer.subarray(0, end);
  }

  private uuidBinary(): Buffer {
    const buffer = this.withHeader(HEADER_BYTES + this.values.length * (4 + UUID_BYTES));
    let end = HEADER_BYTES;
    for (const value of this.values) {
      const digits = value.replaceAll('-', '');
      const written = buffer.write(digits, end + 4, 'hex');
      if (written !== UUID_BYTES || digits.length !== 2 * UUID_BYTES) throw new TypeError(`${value} is not a uuid`);
      end = buffer.writeInt32BE(UUID_BYTES, end) + UUID_BYTES;
    }
    return buffer;
  }

  private withHeader(bytes: number): Buffer {
    const buffer = Buffer.allocUnsafe(bytes);
    const header = [1, 0, TYPE_IDS[this.type], this.values.length, 1];
    header.forEach((value, index) => buffer.writeInt32BE(value, index * 4));
    return buffer;
  }
}

const escaped = (value: string): string => (/[\\"]/.test(value) ? value.replaceAll(/[\\"]/g, '\\$&') : value);
