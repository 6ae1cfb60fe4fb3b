import { type ClassType, Field, ObjectType } from 'type-graphql';
import { transparentComplexity } from './complexity.js';

@ObjectType({ description: 'Where a page stands in its list.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'True when there are items after this page.' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'True when there are items before this page.' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null on an empty page.' })
  startCursor: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last item; null on an empty page.' })
  endCursor: string | null;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

export interface Connection<T> {
  readonly edges: readonly Edge<T>[];
  readonly pageInfo: PageInfo;
}

/** The Relay connection and edge types of a node type. `items` names the nodes in the plural, and their order. */
export function connectionOf<T extends object>(
  name: string,
  items: string,
  node: () => ClassType<T>,
): ClassType<Connection<T>> {
  @ObjectType(`${name}Edge`, { description: `One of ${items}, with its cursor.`, simpleResolvers: true })
  class EdgeType implements Edge<T> {
    @Field(() => String, { description: 'Opaque; for `after` and `before` of the same field with the same filter.' })
    cursor: string;

    @Field(() => node(), { description: 'The item.' })
    node: T;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${items}.`, simpleResolvers: true })
  class ConnectionType implements Connection<T> {
    @Field(() => [EdgeType], { description: 'The items of the page, in order.', complexity: transparentComplexity })
    edges: EdgeType[];

    @Field(() => PageInfo, { description: 'Where the page stands in the list.', complexity: 0 })
    pageInfo: PageInfo;
  }

  return ConnectionType;
}
