import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

/** More parameters than any strategy declares. */
const ENTRIES_MAX = 100;
const TEXT_MAX = 1_000;

type Value = number | boolean | string;

const refuse = (what: string): GraphQLError =>
  new GraphQLError(
    `StrategyParams: ${what}; it is an object of numbers, texts and booleans, as in {fast: 10, slow: 20}`,
  );

function parseParams(input: unknown): Record<string, Value> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw refuse('this is no object');
  const entries = Object.entries(input);
  if (entries.length > ENTRIES_MAX) throw refuse(`${entries.length} entries are more than ${ENTRIES_MAX}`);
  for (const [name, value] of entries) {
    const isValue = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
    if (!isValue) throw refuse(`${name.slice(0, 60)} is none of them`);
    if (typeof value === 'string' && value.length > TEXT_MAX) throw refuse(`${name.slice(0, 60)} is too long`);
  }
  return Object.fromEntries(entries) as Record<string, Value>;
}

function literal(node: ValueNode, variables: Readonly<Record<string, unknown>> | null | undefined): unknown {
  switch (node.kind) {
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.STRING:
    case Kind.BOOLEAN:
      return node.value;
    case Kind.VARIABLE:
      return variables?.[node.name.value];
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, literal(value, variables)]));
    default:
      return null;
  }
}

/** Parameters by name: which of them a strategy takes, and in what range, is judged by the field, which can name them. */
export const StrategyParams = new GraphQLScalarType<Record<string, Value>>({
  name: 'StrategyParams',
  description:
    "A strategy's parameters by name, as an object of numbers, texts and booleans: {fast: 10, slow: 20}. `strategies` lists what each strategy takes.",
  serialize: (value) => value as Record<string, Value>,
  parseValue: parseParams,
  parseLiteral: (node, variables) => parseParams(literal(node, variables)),
  extensions: { codegenScalarType: 'Record<string, number | boolean | string>' },
});

/** Only ever answered. */
const refuseInput = (): never => {
  throw new GraphQLError('ForeignStatistics: it is no input');
};

export const ForeignStatistics = new GraphQLScalarType<Record<string, number | string | null>>({
  name: 'ForeignStatistics',
  description:
    'Statistics under the keys of another program, as an object of numbers, texts and nulls: {"Return [%]": 12.5, "# Trades": 7}.',
  serialize: (value) => value as Record<string, number | string | null>,
  parseValue: refuseInput,
  parseLiteral: refuseInput,
  extensions: { codegenScalarType: 'Record<string, number | string | null>' },
});

export const CautionValues = new GraphQLScalarType<Record<string, number | string | null>>({
  name: 'CautionValues',
  description:
    'The figures of a caution and the limits they are held against, as an object: {"roundTrips": 7, "limit": 30}.',
  serialize: (value) => value as Record<string, number | string | null>,
  parseValue: refuseInput,
  parseLiteral: refuseInput,
  extensions: { codegenScalarType: 'Record<string, number | string | null>' },
});
