import type { OffsetVector } from '../../ports/event-bus.js';

interface Taken {
  readonly off: number;
  done: boolean;
}

/** How far one topic has been read and acted on: events are taken in order, and done in any order. */
export class TopicProgress {
  private readonly next: number[];
  private readonly open: Taken[][];

  constructor(offsets: OffsetVector) {
    this.next = [...offsets];
    this.open = offsets.map(() => []);
  }

  /** Next offset to read of a partition. */
  nextToRead(part: number): number {
    return this.next[part] ?? 0;
  }

  /** Events of a partition that are kept: from the first that has not been acted on to the last that was read. */
  kept(part: number): number {
    return this.open[part]?.length ?? 0;
  }

  /** Takes the next event of a partition; the answer says that it has been acted on. */
  take(part: number, off: number): () => void {
    const taken: Taken = { off, done: false };
    this.next[part] = off + 1;
    this.open[part]?.push(taken);
    return () => {
      taken.done = true;
    };
  }

  /** First event of each partition that has not been acted on. */
  firstOpen(): OffsetVector {
    return this.open.map((taken, part) => {
      while (taken[0]?.done === true) taken.shift();
      return taken[0]?.off ?? this.nextToRead(part);
    });
  }
}
