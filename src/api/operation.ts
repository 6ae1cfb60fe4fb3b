import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { getComplexity } from 'graphql-query-complexity/cjs';
import { err, ok, type Result } from '../domain/result.js';
import type { Logger } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import { COMPLEXITY_ESTIMATORS } from '../schema/complexity.js';
import type { ApiClient } from './client.js';
import type { ClientBudgets } from './client-budgets.js';
import { fillColumns, passColumns } from './columns.js';
import { withDeadline } from './deadline.js';
import { countTokens, measureOperation, type OperationSize } from './document-size.js';
import { presentError, refusal, withCode } from './errors.js';
import { LruMap } from './lru-map.js';
import { OperationNames } from './operation-names.js';

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

/** What a client sends, whichever way it comes. */
export interface OperationRequest {
  readonly source: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** `extensions.cost` of a result: cost of the operation, the most one may cost, what the client may spend now. */
export interface CostReport {
  readonly requested: number;
  readonly limit: number;
  readonly remaining: number;
}

export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly cost: CostReport;
}

export type Refused = readonly GraphQLError[];

interface KnownDocument {
  readonly document: DocumentNode;
  readonly sizes: Map<OperationDefinitionNode, OperationSize>;
  /** Cost by operation name and variables. */
  readonly costs: LruMap<string, number>;
}

export interface OperationsOptions {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits;
  readonly budgets: ClientBudgets;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Documents kept parsed and validated. Only small ones are: clients send the same few again and again. */
const KNOWN_DOCUMENTS = 500;
const KNOWN_DOCUMENT_BYTES = 10_000;
const KNOWN_COSTS = 32;
const KNOWN_VARIABLES_BYTES = 2_000;

/** The one way from a client's text to a result: HTTP and websocket both take it, so both have the same limits. */
export class Operations {
  private readonly known = new LruMap<string, KnownDocument>(KNOWN_DOCUMENTS);
  private readonly names = new OperationNames();

  constructor(private readonly options: OperationsOptions) {
    passColumns(options.schema);
  }

  get deadlineMs(): number {
    return this.options.limits.deadlineMs;
  }

  get schema(): GraphQLSchema {
    return this.options.schema;
  }

  /** Parses and validates; the document may hold several operations. */
  readDocument(source: string): Result<DocumentNode, Refused> {
    const read = this.read(source);
    return read.ok ? ok(read.value.document) : read;
  }

  /** Everything that can be refused before anything runs; takes the operation's cost from the client's budget. */
  prepare(request: OperationRequest, client: ApiClient): Result<PreparedOperation, Refused> {
    const prepared = this.check(request, client);
    if (!prepared.ok) this.countErrors(prepared.error);
    return prepared;
  }

  /** Runs a query or mutation. Never throws; unexpected errors are masked and logged. */
  async run(prepared: PreparedOperation, contextValue: object): Promise<ExecutionResult> {
    const startedMs = performance.now();
    const result = await withDeadline(this.options.limits.deadlineMs, this.execute(prepared, contextValue, undefined));
    this.options.metrics.observe('graphql_operation_duration_seconds', (performance.now() - startedMs) / 1_000, {
      operation: this.names.label(prepared.operationName),
      kind: prepared.operation.operation,
    });
    const shown = this.present(result === 'DEADLINE' ? { errors: [this.tooLate(prepared)], data: null } : result);
    return { ...shown, extensions: { ...shown.extensions, cost: prepared.cost } };
  }

  /** Runs a subscription's selection on one event. At once, without a promise, where no resolver needs one. */
  runEvent(
    prepared: PreparedOperation,
    contextValue: object,
    event: unknown,
  ): ExecutionResult | Promise<ExecutionResult> {
    const result = this.execute(prepared, contextValue, event);
    if (!(result instanceof Promise)) return this.present(result);
    return withDeadline(this.options.limits.deadlineMs, result).then((settled) =>
      this.present(settled === 'DEADLINE' ? { errors: [this.tooLate(prepared)], data: null } : settled),
    );
  }

  /** Masks and counts errors. */
  present(result: ExecutionResult): ExecutionResult {
    if (!result.errors) return result;
    const errors = result.errors.map((error) => presentError(error, this.options.logger));
    this.countErrors(errors);
    return { ...result, errors };
  }

  private check(request: OperationRequest, client: ApiClient): Result<PreparedOperation, Refused> {
    const read = this.read(request.source);
    if (!read.ok) return read;
    const { document } = read.value;
    const operationName = request.operationName ?? null;
    const operation = getOperationAST(document, operationName);
    if (!operation) return err([unknownOperation(document, operationName)]);
    const oversized = this.oversized(read.value, operation);
    if (oversized) return err([oversized]);
    const variables = request.variables ?? {};
    const invalid = this.invalidVariables(operation, variables);
    if (invalid) return err(invalid);
    const cost = this.costOf(read.value, operation, variables);
    if (!cost.ok) return cost;
    const spent = this.options.budgets.spend(client.remoteAddress, cost.value);
    if (!spent.granted) {
      return err([
        refusal('RATE_LIMITED', `The operation costs ${cost.value}; ${spent.budget.remaining} are left just now.`, {
          limit: spent.budget.limit,
          value: cost.value,
          remaining: spent.budget.remaining,
        }),
      ]);
    }
    return ok({
      document,
      operation,
      operationName: operation.name?.value ?? null,
      variables,
      cost: { requested: cost.value, limit: this.options.limits.cost, remaining: spent.budget.remaining },
    });
  }

  private read(source: string): Result<KnownDocument, Refused> {
    const known = this.known.get(source);
    if (known) return ok(known);
    let document: DocumentNode;
    try {
      document = parse(source, { maxTokens: this.options.limits.tokens });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return err([this.overTokens(source) ?? withCode(error, 'GRAPHQL_PARSE_FAILED')]);
    }
    const errors = validate(this.options.schema, document, undefined, { maxErrors: 20 });
    if (errors.length > 0) return err(errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')));
    const entry = { document, sizes: new Map(), costs: new LruMap<string, number>(KNOWN_COSTS) };
    if (source.length <= KNOWN_DOCUMENT_BYTES) this.known.set(source, entry);
    return ok(entry);
  }

  private overTokens(source: string): GraphQLError | null {
    const limit = this.options.limits.tokens;
    const value = countTokens(source);
    if (value <= limit) return null;
    return refusal('TOKEN_LIMIT_EXCEEDED', `The document has ${value} tokens, ${limit} are allowed.`, { limit, value });
  }

  private oversized(known: KnownDocument, operation: OperationDefinitionNode): GraphQLError | null {
    const size = known.sizes.get(operation) ?? measureOperation(known.document, operation);
    known.sizes.set(operation, size);
    const { limits } = this.options;
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

  private invalidVariables(
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): Refused | null {
    if (!operation.variableDefinitions?.length) return null;
    const coerced = getVariableValues(this.options.schema, operation.variableDefinitions, variables, { maxErrors: 10 });
    return coerced.errors ? coerced.errors.map((error) => withCode(error, 'BAD_USER_INPUT')) : null;
  }

  private costOf(
    known: KnownDocument,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): Result<number, Refused> {
    const key = `${operation.name?.value ?? ''}\n${operation.variableDefinitions?.length ? JSON.stringify(variables) : ''}`;
    const limit = this.options.limits.cost;
    let value = known.costs.get(key);
    if (value === undefined) {
      try {
        value = getComplexity({
          schema: this.options.schema,
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

  private execute(
    prepared: PreparedOperation,
    contextValue: object,
    rootValue: unknown,
  ): ExecutionResult | Promise<ExecutionResult> {
    const result = execute({
      schema: this.options.schema,
      document: prepared.document,
      operationName: prepared.operationName,
      variableValues: prepared.variables,
      contextValue,
      rootValue,
    }) as ExecutionResult | Promise<ExecutionResult>;
    if (result instanceof Promise) return result.then((settled) => fillColumns(settled, contextValue));
    return fillColumns(result, contextValue);
  }

  private tooLate(prepared: PreparedOperation): GraphQLError {
    const limit = this.options.limits.deadlineMs;
    const unknown =
      prepared.operation.operation === 'mutation' ? ' Whether it took effect is unknown: ask before trying again.' : '';
    return refusal('DEADLINE_EXCEEDED', `The operation took longer than ${limit} ms.${unknown}`, { limit });
  }

  private countErrors(errors: Refused): void {
    for (const error of errors) {
      this.options.metrics.count('graphql_errors_total', { code: String(error.extensions['code'] ?? 'UNKNOWN') });
    }
  }
}

function unknownOperation(document: DocumentNode, name: string | null): GraphQLError {
  const names = document.definitions.flatMap((node) =>
    node.kind === 'OperationDefinition' && node.name ? [node.name.value] : [],
  );
  const message = name
    ? `The document has no operation named "${name.slice(0, 100)}".`
    : 'The document has several operations: operationName must say which one to run.';
  return refusal('OPERATION_RESOLUTION_FAILURE', message, { operations: names.slice(0, 20) });
}
