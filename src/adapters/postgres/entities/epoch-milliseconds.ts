import { Type } from '@mikro-orm/core';

/** PostgreSQL writes a timestamptz with as many digits as it has; those past the millisecond are dropped. */
export function epochMilliseconds(value: string | Date | null | undefined): number | null {
  return value === null || value === undefined ? null : new Date(value).getTime();
}

/** timestamptz in the database, epoch milliseconds UTC in code. */
export class EpochMilliseconds extends Type<number | null, string | Date | null> {
  override convertToDatabaseValue(value: number | null): string | null {
    return value === null || value === undefined ? null : new Date(value).toISOString();
  }

  override convertToJSValue(value: string | Date | null): number | null {
    return epochMilliseconds(value);
  }

  override getColumnType(): string {
    return 'timestamptz';
  }

  override compareAsType(): string {
    return 'number';
  }
}
