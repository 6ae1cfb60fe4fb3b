/** One root field of an answer, as far as tests look into it by name: a connection or a mutation's payload. */
export interface AnsweredField {
  readonly edges: readonly { readonly cursor: string; readonly node: Readonly<Record<string, unknown>> }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string;
    readonly endCursor: string;
  };
  readonly order: unknown;
  readonly errors: readonly {
    readonly __typename: string;
    readonly code: string;
    readonly path: readonly string[];
    readonly message: string;
    readonly limit?: unknown;
  }[];
  readonly [field: string]: unknown;
}

type QueryName =
  | 'accounts'
  | 'anomalies'
  | 'barSeries'
  | 'bars'
  | 'dataQuality'
  | 'fills'
  | 'models'
  | 'orders'
  | 'platform'
  | 'portfolio'
  | 'portfolioHistory'
  | 'positions'
  | 'previewOrder'
  | 'signals'
  | 'symbols';
type MutationName =
  | 'cancelOrder'
  | 'createOrder'
  | 'flattenAccount'
  | 'ingest'
  | 'replaceOrder'
  | 'setAccountStatus'
  | 'trackSymbol'
  | 'untrackSymbol';

/** By root field, or by the alias that a test gave one. */
export type Answer<Alias extends string = never> = Readonly<Record<QueryName | MutationName | Alias, AnsweredField>>;

/** The data of a result as a client reads it: plain objects, out of JSON. */
export const answerOf = <Alias extends string = never>(data: unknown): Answer<Alias> =>
  JSON.parse(JSON.stringify(data)) as Answer<Alias>;
