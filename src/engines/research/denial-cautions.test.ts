import { describe, expect, it } from 'vitest';
import type { DenialCode } from '../../domain/risk-decision.js';
import type { TradingEvent } from '../../domain/trading-event.js';
import { DEFAULT_RISK_LIMITS } from '../risk/limits.js';
import { denialCautions, EntryDecisions } from './denial-cautions.js';

const decided = (deniedCode: DenialCode | null, cause = 'ENTRY') =>
  ({ type: 'risk_decided', decision: { approved: deniedCode === null, deniedCode, cause } }) as unknown as TradingEvent;

function cautionsOf(...events: TradingEvent[]) {
  const entries = new EntryDecisions();
  entries.take(events);
  return denialCautions(entries, DEFAULT_RISK_LIMITS);
}

describe('entries that risk limits denied', () => {
  it('make a run that traded nothing say which limit it was, and what the limit is', () => {
    const [caution] = cautionsOf(decided('MAX_POSITION'));
    expect(caution).toMatchObject({
      code: 'ENTRIES_DENIED',
      severity: 'CRITICAL',
      message:
        'Risk limits denied the only entry (MAX_POSITION 1: a position may be 20 % of the equity): nothing was traded. Smaller orders may pass.',
      values: { denied: 1, entries: 1, 'denied MAX_POSITION': 1 },
    });
  });

  it('are counted by limit, the most frequent first', () => {
    const passed = Array.from({ length: 5 }, () => decided(null));
    const [caution] = cautionsOf(decided('DAILY_LOSS'), decided('MAX_POSITION'), decided('MAX_POSITION'), ...passed);
    expect(caution).toMatchObject({ severity: 'WARNING', values: { denied: 3, entries: 8 } });
    expect(caution?.message).toContain(
      'MAX_POSITION 2: a position may be 20 % of the equity, DAILY_LOSS 1: a day may lose 5 %',
    );
  });

  it('are passed over where they are a tenth or less, and where exits were denied', () => {
    expect(cautionsOf(decided('MAX_POSITION'), ...Array.from({ length: 9 }, () => decided(null)))).toEqual([]);
    expect(cautionsOf(decided('INSUFFICIENT_POSITION', 'EXIT_SIGNAL'))).toEqual([]);
    expect(cautionsOf()).toEqual([]);
  });
});
