const BLOCK = 1000;

/** Values by instant, of which the earliest is wanted: times come nearly in order, so that adding is cheap. */
export class ByTime<T> {
  private readonly values = new Map<number, T>();
  /** Ascending. */
  private readonly times: number[] = [];
  /** Times before this place have been taken out. */
  private first = 0;

  get earliest(): number | null {
    return this.times[this.first] ?? null;
  }

  get(time: number): T | undefined {
    return this.values.get(time);
  }

  /** The value of a time, made when there is none. */
  at(time: number, make: () => T): T {
    const known = this.values.get(time);
    if (known !== undefined) return known;
    const made = make();
    this.values.set(time, made);
    let place = this.times.length;
    while (place > this.first && (this.times[place - 1] ?? time) > time) place -= 1;
    this.times.splice(place, 0, time);
    return made;
  }

  /** Takes out all values of this time and before, earliest first. */
  takeUntil(time: number): T[] {
    const taken: T[] = [];
    for (let next = this.earliest; next !== null && next <= time; next = this.earliest) {
      const value = this.values.get(next);
      if (value !== undefined) taken.push(value);
      this.values.delete(next);
      this.first += 1;
    }
    // The taken times are cut off in blocks: shifting each by itself would move the whole list.
    if (this.first > BLOCK) {
      this.times.splice(0, this.first);
      this.first = 0;
    }
    return taken;
  }
}
