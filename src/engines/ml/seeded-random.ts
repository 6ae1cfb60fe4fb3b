/**
 * xoshiro128** of Blackman and Vigna, seeded through splitmix32: the same seed gives the same numbers on every machine.
 * Engines take a seed instead of calling Math.random, so that a model can be trained again to the same bytes.
 * @see https://prng.di.unimi.it/xoshiro128starstar.c
 */
export class SeededRandom {
  private readonly state = new Uint32Array(4);

  /**
   * @param seed whole number in [0, 2^32)
   * @throws RangeError for anything else
   */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
      throw new RangeError(`A seed must be a whole number from 0 to ${2 ** 32 - 1}, not ${seed}`);
    }
    let mixed = seed >>> 0;
    for (let i = 0; i < 4; i += 1) {
      mixed = (mixed + 0x9e3779b9) >>> 0;
      let z = mixed;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      this.state[i] = z ^ (z >>> 15);
    }
  }

  /** @returns a whole number, uniform in [0, 2^32). */
  nextUint32(): number {
    const s = this.state as unknown as [number, number, number, number];
    const scrambled = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotateLeft(s[3], 11);
    return scrambled;
  }

  /** @returns a number uniform in [0, 1), with 53 random bits. */
  nextFloat(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** @returns a whole number in [0, bound); its bias is below bound / 2^53. */
  nextBelow(bound: number): number {
    return Math.floor(this.nextFloat() * bound);
  }

  /** Puts the first `count` places of `items` in random order, drawn from all of them without replacement (in place). */
  shuffle(items: Uint32Array, count: number = items.length): void {
    for (let i = 0; i < Math.min(count, items.length); i += 1) {
      const j = i + this.nextBelow(items.length - i);
      const kept = items[i] as number;
      items[i] = items[j] as number;
      items[j] = kept;
    }
  }
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
