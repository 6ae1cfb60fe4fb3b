import { readdir, readFile } from 'node:fs/promises';
import { Kind, parse, validate } from 'graphql';
import { getComplexity } from 'graphql-query-complexity/cjs';
import { expect, it } from 'vitest';
import { measureOperation } from '../api/document-size.js';
import { OPERATION_LIMITS } from '../api/operation.js';
import { COMPLEXITY_ESTIMATORS } from '../schema/complexity.js';
import { buildGraphQLSchema } from './build-schema.js';

const FOLDER = new URL('../../tests/support/operations/', import.meta.url);
const schema = buildGraphQLSchema();
const files = await Promise.all((await readdir(FOLDER)).map((name) => readFile(new URL(name, FOLDER), 'utf8')));
const document = parse(files.join('\n'));
const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);

/** The cost of an operation with the widest page that it may ask for. */
const costOf = (operationName: string | undefined, variables: Record<string, unknown>): number =>
  getComplexity({
    schema,
    query: document,
    operationName: operationName ?? '',
    variables,
    estimators: COMPLEXITY_ESTIMATORS,
  });

it('the operations of the typed client are valid, and there is one for every root field', () => {
  expect(validate(schema, document)).toEqual([]);
  const used = new Set(
    operations.flatMap(({ selectionSet }) =>
      selectionSet.selections.map((selection) => (selection.kind === Kind.FIELD ? selection.name.value : '')),
    ),
  );
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  expect(roots.flatMap((root) => Object.keys(root?.getFields() ?? {})).filter((field) => !used.has(field))).toEqual([]);
});

it('each is within the limits that every client has', () => {
  for (const operation of operations) {
    expect([operation.name?.value, measureOperation(document, operation).depth <= OPERATION_LIMITS.depth]).toEqual([
      operation.name?.value,
      true,
    ]);
  }
});

it('a page costs as many points as it has items: the widest page of bars, signals or orders is affordable', () => {
  const input = { clientOrderId: 'a', symbol: 'BTC-USD', side: 'BUY', quantity: '1' };
  expect(costOf('Bars', { symbol: 'BTC-USD', first: 1_000 })).toBe(1_001);
  expect(costOf('Signals', { first: 1_000 })).toBe(1_001);
  expect(costOf('Orders', { last: 1_000 })).toBe(1_001);
  expect(costOf('BarSeries', { symbol: 'BTC-USD', last: 5_000 })).toBe(201);
  expect(costOf('Provenance', { first: 100 })).toBe(801);
  expect(costOf('CreateOrder', { input })).toBeLessThan(50);
});

it('a page beyond the limit costs no more than the widest one, so that the refusal of its size is what is read', () => {
  expect(costOf('Bars', { symbol: 'BTC-USD', first: 1_000_000 })).toBe(1_001);
  expect(costOf('Bars', { symbol: 'BTC-USD', first: -5 })).toBeLessThanOrEqual(2);
});
