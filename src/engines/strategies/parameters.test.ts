import { describe, expect, it } from 'vitest';
import { parseParameters, type ParameterDeclarations } from './parameters.js';

const DECLARED: ParameterDeclarations = {
  fast: { kind: 'INTEGER', description: 'Bars', default: 10, min: 1, max: 1000 },
};
const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

describe('values of parameters from outside', () => {
  it.each([
    ['a nesting without an end', nested(30_000), 'fast: a list is not a whole number from 1 to 1000'],
    ['an object', { toString: null }, 'fast: an object is not a whole number'],
    ['a number beyond all', Infinity, 'fast: Infinity is not a whole number'],
    ['a text', '10', 'fast: "10" is not a whole number'],
    ['a text without an end', 'x'.repeat(1_000_000), `fast: "${'x'.repeat(60)}" is not a whole number`],
  ])('are refused for %s', (_what, fast, message) => {
    const parsed = parseParameters(DECLARED, { fast });
    expect(!parsed.ok && parsed.error.message).toContain(message);
  });

  it.each(['__proto__', 'constructor', 'toString'])('are refused for one that is called %s', (name) => {
    const given = JSON.parse(`{"${name}":{"fast":3}}`) as Record<string, unknown>;
    expect(parseParameters(DECLARED, given)).toMatchObject({ ok: false, error: { code: 'UNKNOWN_PARAMETER' } });
  });
});
