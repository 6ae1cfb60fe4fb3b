import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { getComplexity } from 'graphql-query-complexity/cjs';
import { err, ok, type Result } from '../domain/result.js';
import { COMPLEXITY_ESTIMATORS } from '../schema/complexity.js';
import { countTokens, measureOperation, type OperationSize } from './document-size.js';
import { refusal, withCode } from './errors.js';
import { LruMap } from './lru-map.js';

/** Bounds of one operation, the same over HTTP and websocket. */
export interface OperationLimits {
  readonly tokens: number;
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Sum of the fields' declared costs, lists multiplied. */
  readonly cost: number;
  /** Until an operation is answered with DEADLINE_EXCEEDED, milliseconds. */
  readonly deadlineMs: number;
}

export const OPERATION_LIMITS: OperationLimits = {
  tokens: 1_000,
  depth: 8,
  aliases: 15,
  directives: 50,
  cost: 5_000,
  deadlineMs: 10_000,
};

export type Refused = readonly GraphQLError[];

export interface KnownDocument {
  readonly document: DocumentNode;
  readonly sizes: Map<OperationDefinitionNode, OperationSize>;
  /** Cost by operation name and variables. */
  readonly costs: LruMap<string, number>;
}

/** Documents kept parsed and validated. Only small ones are: clients send the same few again and again. */
const KNOWN_DOCUMENTS = 500;
const KNOWN_DOCUMENT_BYTES = 10_000;
const KNOWN_COSTS = 32;
const KNOWN_VARIABLES_BYTES = 2_000;

/** Documents by their text, with the limits that can be asked of a document before it runs. */
export class KnownDocuments {
  private readonly known = new LruMap<string, KnownDocument>(KNOWN_DOCUMENTS);

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: OperationLimits,
  ) {}

  /** Parsed and validated. */
  read(source: string): Result<KnownDocument, Refused> {
    const known = this.known.get(source);
    if (known) return ok(known);
    let document: DocumentNode;
    try {
      document = parse(source, { maxTokens: this.limits.tokens });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return err([this.overTokens(source) ?? withCode(error, 'GRAPHQL_PARSE_FAILED')]);
    }
    const errors = validate(this.schema, document, undefined, { maxErrors: 20 });
    if (errors.length > 0) return err(errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')));
    const entry = { document, sizes: new Map(), costs: new LruMap<string, number>(KNOWN_COSTS) };
    if (source.length <= KNOWN_DOCUMENT_BYTES) this.known.set(source, entry);
    return ok(entry);
  }

  private overTokens(source: string): GraphQLError | null {
    const limit = this.limits.tokens;
    const value = countTokens(source);
    if (value <= limit) return null;
    return refusal('TOKEN_LIMIT_EXCEEDED', `The document has ${value} tokens, ${limit} are allowed.`, { limit, value });
  }

  /** The first bound that an operation of the document goes over, or null. */
  oversized(known: KnownDocument, operation: OperationDefinitionNode): GraphQLError | null {
    const size = known.sizes.get(operation) ?? measureOperation(known.document, operation);
    known.sizes.set(operation, size);
    const { limits } = this;
    const bounds = [
      ['DEPTH_LIMIT_EXCEEDED', 'levels deep', size.depth, limits.depth],
      ['ALIAS_LIMIT_EXCEEDED', 'aliases', size.aliases, limits.aliases],
      ['DIRECTIVE_LIMIT_EXCEEDED', 'directives', size.directives, limits.directives],
      // Each field costs; asked first, as working out the cost itself takes time for each field.
      ['COST_LIMIT_EXCEEDED', 'fields with its fragments spread out', size.fields, limits.cost],
    ] as const;
    for (const [code, unit, value, limit] of bounds) {
      if (value > limit)
        return refusal(code, `The operation has ${value} ${unit}, ${limit} are allowed.`, { limit, value });
    }
    return null;
  }

  /** Cost of an operation of the document with these variables, when it is within the limit. */
  costOf(
    known: KnownDocument,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): Result<number, Refused> {
    const key = `${operation.name?.value ?? ''}\n${operation.variableDefinitions?.length ? JSON.stringify(variables) : ''}`;
    const limit = this.limits.cost;
    let value = known.costs.get(key);
    if (value === undefined) {
      try {
        value = getComplexity({
          schema: this.schema,
          query: known.document,
          variables: { ...variables },
          estimators: [...COMPLEXITY_ESTIMATORS],
          ...(operation.name ? { operationName: operation.name.value } : {}),
        });
      } catch (error) {
        // Arguments that do not coerce are met here first.
        if (!(error instanceof GraphQLError)) throw error;
        return err([withCode(error, 'BAD_USER_INPUT')]);
      }
      if (key.length <= KNOWN_VARIABLES_BYTES) known.costs.set(key, value);
    }
    if (value <= limit) return ok(value);
    return err([
      refusal('COST_LIMIT_EXCEEDED', `The operation costs ${value}, ${limit} are allowed.`, { limit, value }),
    ]);
  }
}
