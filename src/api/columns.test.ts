import { buildSchema, execute, type ExecutionResult, GraphQLInt, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { fillColumns, passColumns } from './columns.js';

const SDL = /* GraphQL */ `
  type Query {
    series: Series
    all: [Series!]!
  }
  type Series {
    closes: [Float!]!
    counts: [Int!]
    name: String!
    self: Series
  }
`;

function run(query: string, source: object): ExecutionResult {
  const schema = buildSchema(SDL);
  passColumns(schema);
  const context = {};
  const result = execute({ schema, document: parse(query), rootValue: source, contextValue: context });
  if (result instanceof Promise) throw new Error('expected a result at once');
  return fillColumns(result, context);
}
const plain = (result: ExecutionResult): unknown => JSON.parse(JSON.stringify(result));

describe('a column of numbers', () => {
  const series = { closes: Float64Array.of(1.5, 2, 3), counts: Float64Array.of(1, 2), name: 'a' };

  test('is answered as a list, under its alias, at any depth and in lists of objects', () => {
    const source = { series: { ...series, self: series }, all: [series, { ...series, closes: Float64Array.of(9) }] };
    const result = run('{ series { closes self { renamed: closes counts } } all { closes } }', source);
    expect(plain(result)).toEqual({
      data: {
        series: { closes: [1.5, 2, 3], self: { renamed: [1.5, 2, 3], counts: [1, 2] } },
        all: [{ closes: [1.5, 2, 3] }, { closes: [9] }],
      },
    });
  });

  test('goes through its scalar, so that NaN and a fraction among integers are errors with their place', () => {
    const result = run('{ series { closes counts } }', {
      series: { closes: Float64Array.of(1), counts: Float64Array.of(1, 2.5) },
    });
    expect(plain(result)).toMatchObject({
      data: { series: { closes: [1], counts: null } },
      errors: [{ path: ['series', 'counts', 1], message: expect.stringContaining(GraphQLInt.name) }],
    });
    const notANumber = run('{ series { closes } }', { series: { closes: Float64Array.of(1, Number.NaN) } });
    expect(plain(notANumber)).toMatchObject({ data: { series: null }, errors: [{ path: ['series', 'closes', 1] }] });
  });

  test('goes with its object when an error beside it takes that away', () => {
    expect(plain(run('{ series { closes name } }', { series: { ...series, name: null } }))).toMatchObject({
      data: { series: null },
      errors: [{ path: ['series', 'name'] }],
    });
  });

  test('leaves ordinary lists as they are', () => {
    expect(plain(run('{ series { closes } }', { series: { closes: [1, 2] } }))).toEqual({
      data: { series: { closes: [1, 2] } },
    });
  });
});
