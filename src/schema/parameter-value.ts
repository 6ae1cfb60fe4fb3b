import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const TEXT_MAX = 1_000;

const refuse = (): GraphQLError => new GraphQLError('ParameterValue: it is a number, a text or a boolean');

function parseValue(value: unknown): number | boolean | string {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string' && value.length <= TEXT_MAX) return value;
  throw refuse();
}

/** Which of them a parameter takes, and in what range, is judged by the field, which can name it. */
export const ParameterValue = new GraphQLScalarType<number | boolean | string>({
  name: 'ParameterValue',
  description: "A value of a strategy's parameter: a number, a text or a boolean.",
  serialize: (value) => value as number | boolean | string,
  parseValue,
  parseLiteral(node) {
    switch (node.kind) {
      case Kind.INT:
      case Kind.FLOAT:
        return Number(node.value);
      case Kind.STRING:
      case Kind.BOOLEAN:
        return parseValue(node.value);
      default:
        throw refuse();
    }
  },
  extensions: { codegenScalarType: 'number | boolean | string' },
});
