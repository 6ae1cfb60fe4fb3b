import type { BarSeries } from '../../domain/bar.js';
import { byExDate, type SeriesActions } from '../../domain/corporate-action.js';
import { firstIndexFrom } from './first-index-from.js';

/** What is booked between the bar before and the open of the bar at `barIndex`. */
export interface BarAction {
  /** Index of the first bar that trades without, 1 at least. */
  readonly barIndex: number;
  /** New units for one old; 1 without a split. */
  readonly ratio: number;
  /** Cash a unit, counted after the split of the same bar; 0 for none. In the quote currency. */
  readonly dividend: number;
}

/**
 * The actions of a series by the bar from which on it trades without them, one entry a bar, ascending. Actions at or
 * before the first bar and after the last one touch nothing of the run.
 *
 * RAW prices: splits are booked; a dividend that is told in shares of today is told in shares of its day.
 * SPLIT-adjusted prices contain the splits already: a unit of the run is a share of today, so only dividends are
 * booked, those of old shares divided by the splits after them.
 */
export function barActions(series: BarSeries, { adjustment, actions }: SeriesActions): readonly BarAction[] {
  const inOrder = actions.toSorted(byExDate);
  const byBar = new Map<number, { ratio: number; dividend: number }>();
  const at = (exDate: number) => {
    const barIndex = firstIndexFrom(series.timestamps, exDate);
    const found = byBar.get(barIndex) ?? { ratio: 1, dividend: 0 };
    byBar.set(barIndex, found);
    return found;
  };
  for (const { kind, exDate, value, basis } of inOrder) {
    const entry = at(exDate);
    if (kind === 'SPLIT') {
      if (adjustment === 'SPLIT') continue;
      // Of several actions without a bar in between, the dividends so far were paid on the shares before this split.
      entry.ratio *= value;
      entry.dividend /= value;
    } else entry.dividend += value * dividendScale(adjustment, basis, inOrder, exDate);
  }
  return [...byBar]
    .filter(([barIndex, { ratio, dividend }]) => {
      return barIndex > 0 && barIndex < series.timestamps.length && (ratio !== 1 || dividend !== 0);
    })
    .map(([barIndex, entry]) => ({ barIndex, ...entry }))
    .toSorted((a, b) => a.barIndex - b.barIndex);
}

/** From cash a share of one basis to cash a unit of the series. */
function dividendScale(
  adjustment: SeriesActions['adjustment'],
  basis: SeriesActions['adjustment'],
  actions: SeriesActions['actions'],
  exDate: number,
): number {
  if (adjustment === basis) return 1;
  let later = 1;
  for (const { kind, exDate: date, value } of actions) if (kind === 'SPLIT' && date > exDate) later *= value;
  return adjustment === 'RAW' ? later : 1 / later;
}
