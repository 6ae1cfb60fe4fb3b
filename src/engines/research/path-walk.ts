/** One path: its growth, its deepest drawdown and its moments, return by return. */
export class PathWalk {
  /** Equity after the returns taken, of 1 before them. */
  growth = 1;
  /** Fraction of the peak, 0 or below. */
  maxDrawdown = 0;
  private peak = 1;
  private sum = 0;
  private squares = 0;
  private count = 0;
  /** The series twice over: a block never has to turn round at its end. */
  private readonly twice: Float64Array;
  /** Subtracted before squares are summed, so that the variance keeps its digits. */
  private readonly shift: number;
  private readonly periodsPerYear: number;

  /** @param returns one period each, as fractions, finite, at least 2 */
  constructor(returns: Float64Array, periodsPerYear: number) {
    this.twice = new Float64Array(2 * returns.length);
    this.twice.set(returns);
    this.twice.set(returns, returns.length);
    this.shift = returns.reduce((sum, value) => sum + value, 0) / returns.length;
    this.periodsPerYear = periodsPerYear;
  }

  begin(): void {
    this.growth = 1;
    this.maxDrawdown = 0;
    this.peak = 1;
    this.sum = 0;
    this.squares = 0;
    this.count = 0;
  }

  /** Goes on with `length` returns from index `from`, round the end of the series; no more than it has. */
  take(from: number, length: number): void {
    const { twice, shift } = this;
    // Locals: this is the inner loop of tens of millions of steps.
    let { growth, peak, maxDrawdown, sum, squares } = this;
    for (let i = from; i < from + length; i += 1) {
      const value = twice[i] as number;
      // What has lost everything stays at nothing.
      growth *= value > -1 ? 1 + value : 0;
      if (growth > peak) peak = growth;
      else if (growth - peak < maxDrawdown * peak) maxDrawdown = growth / peak - 1;
      sum += value - shift;
      squares += (value - shift) * (value - shift);
    }
    this.growth = growth;
    this.peak = peak;
    this.maxDrawdown = maxDrawdown;
    this.sum = sum;
    this.squares = squares;
    this.count += length;
  }

  /** Mean / sample standard deviation x sqrt(periods a year); NaN or infinite where the returns do not vary. */
  sharpe(): number {
    const mean = this.sum / this.count;
    const variance = (this.squares - this.count * mean * mean) / (this.count - 1);
    return ((mean + this.shift) / Math.sqrt(variance)) * Math.sqrt(this.periodsPerYear);
  }
}
