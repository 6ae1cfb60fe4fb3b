import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { formatDateTime } from './format-date-time.js';

const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

/** Years 1 to 9999: what RFC 3339 can write and the database can hold. */
export const EARLIEST_MS = Date.parse('0001-01-01T00:00:00.000Z');
export const LATEST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** Epoch milliseconds of an RFC 3339 text; throws on anything else, 30 February and a leap second included. */
function parseDateTime(value: unknown): number {
  const refuse = () =>
    new GraphQLError(
      `DateTime: ${JSON.stringify(value)} is not an RFC 3339 time with at most milliseconds, as in "2016-01-03T15:30:00.000Z"`,
    );
  const match = typeof value === 'string' ? RFC_3339.exec(value) : null;
  if (match === null) throw refuse();
  const [text, year, month, day, hour] = match;
  const time = Date.parse(text);
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const exists = Number(day) <= lastDay && Number(hour) <= 23;
  if (!exists || !(time >= EARLIEST_MS && time <= LATEST_MS)) throw refuse();
  return time;
}

/** Epoch milliseconds inside, RFC 3339 in UTC with milliseconds on the wire. */
export const DateTime = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  description:
    'A moment as RFC 3339 text. Answers are in UTC with milliseconds (2016-01-03T15:30:00.000Z); inputs may carry any offset and at most milliseconds.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize(value) {
    if (typeof value !== 'number' && !(value instanceof Date))
      throw new TypeError('a DateTime is served from epoch milliseconds');
    return formatDateTime(Number(value));
  },
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : null),
  extensions: { codegenScalarType: 'string' },
});
