import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** Longer than any number that can be meant: numeric amounts here have far fewer digits. */
export const DECIMAL_TEXT_MAX = 64;
/** A JSON number with at most this many digits comes back from float64 as it was written. */
const EXACT_DIGITS = 15;

const significantDigits = (text: string): number =>
  text.replace(/e.*$/i, '').replace(/[-.]/g, '').replace(/^0+/, '').length;

/**
 * Takes text and numbers as they are written. Whether the text is a number, and within its limits, is judged by the
 * field that takes it, so that the answer can name the field and the limit.
 */
function parseDecimal(value: unknown): string {
  if (typeof value === 'string') {
    if (value.length <= DECIMAL_TEXT_MAX) return value.trim();
    throw new GraphQLError(`Decimal: ${value.length} characters are more than the limit of ${DECIMAL_TEXT_MAX}`);
  }
  if (typeof value === 'number') {
    const text = String(value);
    if (significantDigits(text) <= EXACT_DIGITS) return text;
    throw new GraphQLError(
      `Decimal: write ${text} as a string: a JSON number holds only ${EXACT_DIGITS} digits exactly`,
    );
  }
  throw new GraphQLError('Decimal: must be decimal text, as in "0.25"');
}

/** "150.000" and "150" are the same amount: one way to write it. */
export function canonical(text: string): string {
  if (!text.includes('.')) return text;
  return text.replace(/0+$/, '').replace(/\.$/, '');
}

export const Decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description:
    'An exact decimal number as text, without exponent in answers ("36123.45"): money, prices and quantities of orders, fills and positions. Inputs may also be written as numbers of at most 15 digits.',
  serialize(value) {
    if (typeof value !== 'string') throw new TypeError('a Decimal is served from decimal text');
    return canonical(value);
  },
  parseValue: parseDecimal,
  parseLiteral(node) {
    const written = node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT;
    return parseDecimal(written ? node.value : null);
  },
  extensions: { codegenScalarType: 'string' },
});
