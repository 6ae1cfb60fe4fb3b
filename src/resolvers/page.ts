import type { Page, PageRequest } from '../ports/read-model.js';
import { PAGE_SIZE_MAX } from '../schema/complexity.js';
import type { Connection } from '../schema/connection.js';
import type { PageArgs } from '../schema/page-args.js';
import { cursorsOf, type KeyPart, type ListIdentity } from './cursor.js';
import { queryError } from './query-error.js';

/** Which end and how many: exactly one of first and last, 1 to `limit`. */
export function pageSize(args: Pick<PageArgs, 'first' | 'last'>, limit: number): Pick<PageRequest, 'from' | 'size'> {
  const first = args.first ?? null;
  const last = args.last ?? null;
  if ((first === null) === (last === null)) {
    const message = `first, last: give exactly one of them, 1 to ${limit}`;
    throw queryError({ code: 'INVALID_PAGE', message, path: ['first'], limit });
  }
  const from = first === null ? 'last' : 'first';
  const size = first ?? last ?? 0;
  if (size >= 1 && size <= limit) return { from, size };
  const message = `${from}: ${size} is not between 1 and ${limit}`;
  throw queryError({ code: 'INVALID_PAGE', message, path: [from], limit, value: size });
}

/**
 * Reads one page of a list as a Relay connection.
 * @param list the field and the filter that its cursors belong to
 * @param shape what the keys of the list's order are made of
 */
export async function connection<T>(
  list: ListIdentity,
  shape: readonly KeyPart[],
  args: PageArgs,
  read: (page: PageRequest) => Promise<Page<T>>,
): Promise<Connection<T>> {
  const cursors = cursorsOf(list);
  const page = await read({
    ...pageSize(args, PAGE_SIZE_MAX),
    after: cursors.decode('after', args.after, shape),
    before: cursors.decode('before', args.before, shape),
  });
  const edges = page.items.map(({ key, item }) => ({ cursor: cursors.encode(key), node: item }));
  return {
    edges,
    pageInfo: {
      hasNextPage: page.hasNext,
      hasPreviousPage: page.hasPrevious,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
