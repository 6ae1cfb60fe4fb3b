/** Lots that an account's orders may still take of the bar at hand. One budget a bar: a thin market fills in parts. */
export class VolumeBudget {
  private left: number;

  constructor(lots: number) {
    this.left = lots;
  }

  /** At most `wanted` lots, and what is left at most. */
  take(wanted: number): number {
    return Math.min(wanted, this.left);
  }

  spend(lots: number): void {
    this.left -= lots;
  }
}
