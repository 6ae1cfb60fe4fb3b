import type { NewEvent } from '../src/domain/events.js';

let barNumber = 0;

/** A bar's event of the usual size; each call another bar. */
export function barEvent(symbol: string): Extract<NewEvent, { type: 'bar' }> {
  barNumber += 1;
  const openTime = 1_451_606_400_000 + barNumber * 60_000;
  const timestamp = new Date(openTime).toISOString();
  return {
    topic: 'market_data',
    type: 'bar',
    key: symbol,
    eventId: idWithTime(openTime),
    payload: {
      symbol,
      timeframe: 'ONE_MINUTE',
      timestamp,
      close_time: timestamp,
      open: 430.12,
      high: 431.5,
      low: 429.98,
      close: 430.77,
      volume: 12.3456789,
      vwap: null,
      adjustment: 'RAW',
      source: 'replay',
      revision: 0,
    },
  };
}

/** As `timedId` gives them, without its digest: to make ids is not the log's work. Unique, because no two bars have one time. */
function idWithTime(time: number): string {
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-8000-8000-${hex}`;
}
