/**
 * Share of the bars at which a CLOSED trade was open, entry and exit bar included, as a fraction. What is still open at
 * the end does not count (the native profile counts it).
 * @param entries and exits bar indexes of the trades in the order of their exits
 */
export function closedTradeExposure(entries: Float64Array, exits: Float64Array, instantCount: number): number {
  let covered = 0;
  let coveredFrom = Infinity;
  // Backwards by exit, the bars from coveredFrom to this exit are counted already.
  for (let i = exits.length - 1; i >= 0; i -= 1) {
    const entry = entries[i] as number;
    const end = Math.min(exits[i] as number, coveredFrom - 1);
    if (end >= entry) covered += end - entry + 1;
    if (entry < coveredFrom) coveredFrom = entry;
  }
  return covered / instantCount;
}
