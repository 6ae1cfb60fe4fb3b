/**
 * A text as an SQL literal. The E form means the same whatever standard_conforming_strings says. Literals are used only
 * where several statements go to the server in one message, which takes no parameters.
 */
export const textLiteral = (text: string): string => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** A whole number as an SQL literal; throws for anything else. */
export function integerLiteral(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
  return String(value);
}
