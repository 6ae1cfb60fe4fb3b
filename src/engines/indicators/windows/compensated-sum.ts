/**
 * Sum of everything it was given, with the rounding error of each addition carried along (Neumaier), so that it stays
 * exact to the last bits over millions of bars.
 * @see https://doi.org/10.1002/zamm.19740540106
 */
export class CompensatedSum {
  private sum = 0;
  private compensation = 0;

  /** @returns the sum with this value. */
  add(value: number): number {
    const sum = this.sum + value;
    this.compensation += Math.abs(this.sum) >= Math.abs(value) ? this.sum - sum + value : value - sum + this.sum;
    this.sum = sum;
    return sum + this.compensation;
  }
}
