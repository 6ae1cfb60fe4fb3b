import { timedId } from '../src/domain/event-id.js';
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
    eventId: timedId(openTime, 'bar', symbol, 'ONE_MINUTE', 0),
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
