import type { EntityClass } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { EpochMilliseconds, epochMilliseconds } from '../entities/epoch-milliseconds.js';
import type { Page, PageKey, PageRequest, TimeRange } from '../../../ports/read-model.js';

/** One column of a list's order. The last ones must make it a total order. */
export interface KeyColumn<E> {
  readonly property: keyof E & string;
  readonly order: 'asc' | 'desc';
}

type Condition = Record<string, unknown>;

/**
 * Reads one page of a list by where its neighbours stand, so that page 1,000 costs what page 1 does.
 * @param where conditions of the list, in MikroORM's filter syntax
 */
export async function keysetPage<E extends object, T>(
  em: SqlEntityManager,
  entity: EntityClass<E>,
  where: Condition,
  columns: readonly KeyColumn<E>[],
  page: PageRequest,
  view: (row: E) => T,
): Promise<Page<T>> {
  const backwards = page.from === 'last';
  const conditions = [where];
  if (page.after !== null) conditions.push(beyond(columns, page.after, 'after'));
  if (page.before !== null) conditions.push(beyond(columns, page.before, 'before'));
  const orderBy = columns.map(({ property, order }) => ({
    [property]: backwards === (order === 'asc') ? 'desc' : 'asc',
  }));
  // One more than asked for tells whether there are more. MikroORM's filter types need to know the entity.
  const { properties, hydrate } = rowsOf(em, entity);
  const rows = await em
    .createQueryBuilder(entity)
    .select(properties as never)
    .where({ $and: conditions } as never)
    .orderBy(orderBy as never)
    .limit(page.size + 1)
    .execute<E[]>('all');
  const more = rows.length > page.size;
  const shown = rows.slice(0, page.size).map(hydrate);
  if (backwards) shown.reverse();
  return {
    items: shown.map((row) => ({
      key: columns.map(({ property }) => row[property] as string | number),
      item: view(row),
    })),
    hasNext: backwards ? page.before !== null : more,
    hasPrevious: backwards ? more : page.after !== null,
  };
}

/**
 * What is read of an entity, and how a row becomes its shape. A page is read once and changed never: without the identity
 * map and the change tracking of managed entities, it takes a sixth of the time.
 */
function rowsOf<E extends object>(em: SqlEntityManager, entity: EntityClass<E>) {
  const columns = em
    .getMetadata()
    .get(entity)
    .props.filter((property) => property.lazy !== true);
  const times = columns.filter((property) => property.customType instanceof EpochMilliseconds);
  const names = times.map((property) => property.name as keyof E & string);
  return {
    properties: columns.map((property) => property.name),
    hydrate(row: E): E {
      for (const name of names) row[name] = epochMilliseconds(row[name] as string | null) as E[typeof name];
      return row;
    },
  };
}

/** (a, b, c) > (x, y, z) for columns of mixed directions: a > x, or a = x and b > y, or ... */
function beyond<E>(columns: readonly KeyColumn<E>[], key: PageKey, side: 'after' | 'before'): Condition {
  const alternatives = columns.map(({ property, order }, index) => {
    const operator = (order === 'asc') === (side === 'after') ? '$gt' : '$lt';
    const equal = columns.slice(0, index).map((column, place) => [column.property, key[place]]);
    return { ...Object.fromEntries(equal), [property]: { [operator]: key[index] } };
  });
  return { $or: alternatives };
}

/** Conditions of a half-open range of market time: from <= property < to. */
export function within(property: string, range: TimeRange): Condition {
  const bounds = {
    ...(range.from === null ? {} : { $gte: range.from }),
    ...(range.to === null ? {} : { $lt: range.to }),
  };
  return Object.keys(bounds).length === 0 ? {} : { [property]: bounds };
}

/** Conditions of those filters that are set; lists mean any of them. */
export function matching(filters: Readonly<Record<string, string | readonly string[] | null>>): Condition {
  const set = Object.entries(filters).filter(([, value]) => value !== null);
  return Object.fromEntries(set.map(([property, value]) => [property, Array.isArray(value) ? { $in: value } : value]));
}
