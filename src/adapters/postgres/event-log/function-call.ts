import type { QueryConfig } from 'pg';
import { SqlArray } from './sql-array.js';

/** A call of one of the log's SQL functions, by name and arguments. It answers what the function does, and when its transaction began. */
export interface FunctionCall {
  readonly name: string;
  readonly arguments: readonly FunctionArgument[];
}

type FunctionArgument = string | number | SqlArray;

/** The call as a prepared statement: the server plans it once a connection. */
export const preparedCall = (call: FunctionCall): QueryConfig => ({
  name: call.name,
  text: `SELECT *, now() AS created_at FROM ${call.name}(${call.arguments.map((_, index) => `$${index + 1}`).join(',')})`,
  values: call.arguments.map((value) => (value instanceof SqlArray ? value.binary() : value)),
});

/** The call as text, for a message of several statements: such a message takes no parameters. */
export const inlineCall = (call: FunctionCall): string =>
  `SELECT *, now() AS created_at FROM ${call.name}(${call.arguments.map(literal).join(',')})`;

/** Throws for a number that is not whole. */
function literal(value: FunctionArgument): string {
  if (value instanceof SqlArray) return value.expression(quoted);
  if (typeof value === 'string') return quoted(value);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
  return String(value);
}

/** The E form means the same whatever standard_conforming_strings says. */
const quoted = (text: string): string => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
