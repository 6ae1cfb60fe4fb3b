/**
 * A pair of bands that only close in on the price until it gets through: the upper one falls, the lower one rises, and
 * each starts anew when the previous close lay beyond it. What SuperTrend and the ATR stop have in common.
 */
export class TrailingBands {
  /** 1 while the lower band is the stop of a rising trend, -1 while the upper one is that of a falling one; NaN before. */
  direction = NaN;
  private upper = NaN;
  private lower = NaN;

  /**
   * @param upper, lower the bands this bar alone would have
   * @param isRisingFirst the direction taken when this is the first bar
   * @returns the band that is the stop now
   */
  update(upper: number, lower: number, close: number, previousClose: number, isRisingFirst: boolean): number {
    if (Number.isNaN(this.direction)) {
      this.direction = isRisingFirst ? 1 : -1;
      this.upper = upper;
      this.lower = lower;
    }
    if (upper < this.upper || previousClose > this.upper) this.upper = upper;
    if (lower > this.lower || previousClose < this.lower) this.lower = lower;
    const isFalling = close <= (this.direction > 0 ? this.lower : this.upper);
    this.direction = isFalling ? -1 : 1;
    return isFalling ? this.upper : this.lower;
  }
}
