import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  averagePriceText,
  moneyToText,
  parseSteps,
  stepsToText,
  storedSteps,
  storedTickLots,
  tickLotsToText,
} from './decimal-text.js';

describe('decimal text at the border', () => {
  it('refuses what is not a number, naming it', () => {
    for (const text of ['NaN', 'Infinity', '', ' 1', '1,000', '0x10', '1e', '--1', '1'.repeat(65)]) {
      expect(parseSteps(text, '0.01')).toMatchObject({ ok: false, error: { code: 'NOT_A_NUMBER' } });
    }
  });

  it('refuses what is not above 0 or cannot be counted, naming the bounds', () => {
    for (const text of ['0', '-1', '-0', '1e308', '90071992547409.92']) {
      expect(parseSteps(text, '0.01')).toEqual({
        ok: false,
        error: { code: 'OUT_OF_RANGE', value: text, minimum: '0.01', maximum: '90071992547409.91' },
      });
    }
  });

  it('refuses too many decimals, naming the step', () => {
    expect(parseSteps('0.015', '0.01')).toEqual({
      ok: false,
      error: { code: 'OFF_STEP', value: '0.015', step: '0.01' },
    });
    // floor(0.3 / 0.1) is 2 in floats.
    expect(parseSteps('0.3', '0.1')).toEqual({ ok: true, value: 3 });
    expect(parseSteps('1.50', '0.01')).toEqual({ ok: true, value: 150 });
    expect(parseSteps('1e-8', '0.00000001')).toEqual({ ok: true, value: 1 });
  });

  it('reads back what it wrote', () => {
    const step = fc.constantFrom('1', '0.01', '0.00000001', '0.000001', '0.05', '0.25', '100');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), step, (steps, size) => {
        expect(parseSteps(stepsToText(steps, size), size)).toEqual({ ok: true, value: steps });
        expect(storedSteps(stepsToText(-steps, size), size)).toBe(-steps);
      }),
    );
  });

  it('writes money with the decimals of its currency', () => {
    expect(moneyToText(10_000_000, '0.01')).toBe('100000.00');
    expect(moneyToText(-5, '0.01')).toBe('-0.05');
    expect(moneyToText(1500, '1')).toBe('1500');
  });

  it('keeps sums of price x quantity exact and rounds only the average', () => {
    const sum = 10n * 1n + 10n * 1n + 11n * 1n;
    expect(averagePriceText(sum, 3, '0.01')).toBe('0.103333333333');
    expect(storedTickLots(tickLotsToText(sum, '0.01', '0.00000001'), '0.01', '0.00000001')).toBe(sum);
  });
});
