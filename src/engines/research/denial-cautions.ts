import type { DenialCode } from '../../domain/risk-decision.js';
import type { TradingEvent } from '../../domain/trading-event.js';
import type { RiskLimits } from '../risk/limits.js';
import type { Caution } from './caution.js';

/** What risk said of a run's entries, counted as it goes. */
export class EntryDecisions {
  approvedCount = 0;
  readonly denied = new Map<DenialCode, number>();

  take(events: readonly TradingEvent[]): void {
    for (const event of events) {
      if (event.type !== 'risk_decided' || event.decision.cause !== 'ENTRY') continue;
      const { approved, deniedCode } = event.decision;
      if (approved) this.approvedCount += 1;
      else if (deniedCode !== null) this.denied.set(deniedCode, (this.denied.get(deniedCode) ?? 0) + 1);
    }
  }

  get deniedCount(): number {
    return [...this.denied.values()].reduce((sum, count) => sum + count, 0);
  }
}

/** Denied to all entries. */
const MAX_DENIED_SHARE = 0.1;

/** Entries that risk limits kept from the market: which limit, how many, and whether anything was traded at all. */
export function denialCautions(entries: EntryDecisions, limits: RiskLimits): Caution[] {
  const { approvedCount, deniedCount } = entries;
  const all = approvedCount + deniedCount;
  if (deniedCount <= MAX_DENIED_SHARE * all) return [];
  const reasons = [...entries.denied]
    .toSorted(([, a], [, b]) => b - a)
    .map(([code, count]) => `${code} ${count}${limitText(code, limits)}`)
    .join(', ');
  const isAll = approvedCount === 0;
  const message = isAll
    ? `Risk limits denied ${all === 1 ? 'the only entry' : `each of the ${all} entries`} (${reasons}): nothing was traded. Smaller orders may pass.`
    : `Risk limits denied ${deniedCount} of ${all} entries (${reasons}), more than ${100 * MAX_DENIED_SHARE} %: it is not the strategy as it was meant.`;
  const counts = Object.fromEntries([...entries.denied].map(([code, count]) => [`denied ${code}`, count]));
  const values = { denied: deniedCount, entries: all, ...counts, limit: MAX_DENIED_SHARE };
  return [{ code: 'ENTRIES_DENIED', severity: isAll ? 'CRITICAL' : 'WARNING', message, values }];
}

/** The bound, where the code names one that is set. */
function limitText(code: DenialCode, limits: RiskLimits): string {
  switch (code) {
    case 'MAX_POSITION':
      return `: a position may be ${percent(limits.maxPositionFraction)} of the equity`;
    case 'INSUFFICIENT_FUNDS':
      return `: a buy sets ${percent(limits.collarFraction)} more than the last close aside, and its fees`;
    case 'MAX_ORDER_NOTIONAL':
      return `: an order may be worth ${limits.maxOrderNotional}`;
    case 'BELOW_MIN_NOTIONAL':
      return `: an order must be worth ${limits.minOrderNotional}`;
    case 'DAILY_LOSS':
      return `: a day may lose ${percent(limits.maxDailyLossFraction)} of the equity`;
    case 'PRICE_OUT_OF_COLLAR':
      return `: a buy may lie ${percent(limits.collarFraction)} above the market`;
    case 'TOO_MANY_OPEN_ORDERS':
      return `: ${limits.maxOpenOrders} orders may be open`;
    case 'STALE_DATA':
      return `: the last bar may be ${limits.staleAfterBars} bars old`;
    default:
      return '';
  }
}

const percent = (fraction: number): string => `${Number((100 * fraction).toPrecision(6))} %`;
