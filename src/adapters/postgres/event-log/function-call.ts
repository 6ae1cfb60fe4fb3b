import type { QueryConfig } from 'pg';

/** A call of one of the log's SQL functions, by name and arguments. */
export interface FunctionCall {
  readonly name: string;
  readonly arguments: readonly (string | number)[];
}

/** The call as a prepared statement: the server plans it once a connection. */
export const preparedCall = (call: FunctionCall): QueryConfig => ({
  name: call.name,
  text: `SELECT * FROM ${call.name}(${call.arguments.map((_, index) => `$${index + 1}`).join(',')})`,
  values: [...call.arguments],
});

/** The call as text, for a message of several statements: such a message takes no parameters. */
export const inlineCall = (call: FunctionCall): string =>
  `SELECT * FROM ${call.name}(${call.arguments.map(literal).join(',')})`;

/** Throws for a number that is not whole. The E form means the same whatever standard_conforming_strings says. */
function literal(value: string | number): string {
  if (typeof value === 'string') return `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
  return String(value);
}
