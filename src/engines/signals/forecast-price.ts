/**
 * The price that a predicted log return means: price x exp(log return), in the quote currency.
 * @returns null when that is no finite price above 0: the model answered NaN or something absurd
 */
export function forecastPrice(price: number, predictedLogReturn: number): number | null {
  const predicted = price * Math.exp(predictedLogReturn);
  return Number.isFinite(predicted) && predicted > 0 ? predicted : null;
}
