/** What one slow subscription may hold back. Market data is conflated to one frame a key, so only many symbols reach it. */
export const QUEUE_LIMITS = { frames: 1_000, bytes: 4_000_000 };

/**
 * Frames a client has not taken yet, oldest first. A frame with a key takes the place of the waiting one with the same
 * key, and goes to the end: at its old place its cursor would speak of events that come after it.
 */
export class FrameQueue {
  private readonly frames = new Map<string | number, string>();
  private bytes = 0;
  private unkeyed = 0;
  private dropped = 0;

  get size(): number {
    return this.frames.size;
  }

  get isOverfull(): boolean {
    return this.frames.size > QUEUE_LIMITS.frames || this.bytes > QUEUE_LIMITS.bytes;
  }

  /** @returns whether a waiting frame was superseded */
  push(payload: string, key: string | null): boolean {
    const place = key ?? (this.unkeyed += 1);
    const superseded = this.frames.get(place);
    if (superseded !== undefined) {
      this.frames.delete(place);
      this.bytes -= superseded.length;
      this.dropped += 1;
    }
    this.frames.set(place, payload);
    this.bytes += payload.length;
    return superseded !== undefined;
  }

  shift(): string | undefined {
    for (const [place, payload] of this.frames) {
      this.frames.delete(place);
      this.bytes -= payload.length;
      return payload;
    }
    return undefined;
  }

  /** Frames superseded since the last call. */
  takeDropped(): number {
    const dropped = this.dropped;
    this.dropped = 0;
    return dropped;
  }

  clear(): void {
    this.frames.clear();
    this.bytes = 0;
  }
}
