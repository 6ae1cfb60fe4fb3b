import { Type } from '@mikro-orm/core';

/** timestamptz in the database, epoch milliseconds UTC in code. */
export class EpochMilliseconds extends Type<number | null, string | Date | null> {
  override convertToDatabaseValue(value: number | null): string | null {
    return value === null || value === undefined ? null : new Date(value).toISOString();
  }

  override convertToJSValue(value: string | Date | null): number | null {
    return value === null || value === undefined ? null : new Date(value).getTime();
  }

  override getColumnType(): string {
    return 'timestamptz';
  }

  override compareAsType(): string {
    return 'number';
  }
}
