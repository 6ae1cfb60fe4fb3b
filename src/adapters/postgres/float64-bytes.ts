/** Columns as they are stored: float64, little-endian, whatever the machine. */
export function float64Bytes(values: Float64Array): Buffer {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return IS_LITTLE_ENDIAN ? bytes : Buffer.from(bytes).swap64();
}

/** @throws RangeError for a length that is no multiple of 8 */
export function float64Values(bytes: Buffer): Float64Array {
  // A copy: pg's buffer may start anywhere, and a Float64Array only at a multiple of 8.
  const aligned = new Uint8Array(bytes);
  if (!IS_LITTLE_ENDIAN) Buffer.from(aligned.buffer).swap64();
  return new Float64Array(aligned.buffer);
}

const IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
