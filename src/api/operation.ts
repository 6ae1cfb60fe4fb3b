import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { err, ok, type Result } from '../domain/result.js';
import type { Logger } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import { NO_TRACING, type Tracing } from '../ports/tracing.js';
import type { ApiClient } from './client.js';
import type { ClientBudgets } from './client-budgets.js';
import { fillColumns, passColumns } from './columns.js';
import { withDeadline } from './deadline.js';
import { presentError, refusal, withCode } from './errors.js';
import { KnownDocuments, type OperationLimits, type Refused } from './known-documents.js';
import { OperationNames } from './operation-names.js';
import { tracedOperation } from './trace-operation.js';

export { OPERATION_LIMITS, type OperationLimits } from './known-documents.js';

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
  /** W3C header of the client's request. */
  readonly traceparent: string | null;
}

export interface OperationsOptions {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits;
  readonly budgets: ClientBudgets;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Off when left out. */
  readonly tracing?: Tracing;
}

/** The one way from a client's text to a result: HTTP and websocket both take it, so both have the same limits. */
export class Operations {
  private readonly documents: KnownDocuments;
  private readonly names = new OperationNames();

  constructor(private readonly options: OperationsOptions) {
    passColumns(options.schema);
    this.documents = new KnownDocuments(options.schema, options.limits);
  }

  get deadlineMs(): number {
    return this.options.limits.deadlineMs;
  }

  get schema(): GraphQLSchema {
    return this.options.schema;
  }

  /** Parses and validates; the document may hold several operations. */
  readDocument(source: string): Result<DocumentNode, Refused> {
    const read = this.documents.read(source);
    return read.ok ? ok(read.value.document) : read;
  }

  /** Everything that can be refused before anything runs; takes the operation's cost from the client's budget. */
  prepare(request: OperationRequest, client: ApiClient): Result<PreparedOperation, Refused> {
    const prepared = this.check(request, client);
    if (!prepared.ok) this.countErrors(prepared.error);
    return prepared;
  }

  /** Runs a query or mutation. Never throws; unexpected errors are masked and logged. */
  run(prepared: PreparedOperation, contextValue: object): Promise<ExecutionResult> {
    const { tracing = NO_TRACING, logger } = this.options;
    if (!tracing.isOn) return this.timed(prepared, contextValue);
    const label = this.names.label(prepared.operationName);
    return tracedOperation({ tracing, logger }, prepared, label, () => this.timed(prepared, contextValue));
  }

  private async timed(prepared: PreparedOperation, contextValue: object): Promise<ExecutionResult> {
    const startedMs = performance.now();
    const result = await withDeadline(this.options.limits.deadlineMs, this.execute(prepared, contextValue, undefined));
    this.options.metrics.observe(
      'tradegraph_graphql_operation_duration_seconds',
      (performance.now() - startedMs) / 1_000,
      {
        operation: this.names.label(prepared.operationName),
        kind: prepared.operation.operation,
      },
    );
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
    const read = this.documents.read(request.source);
    if (!read.ok) return read;
    const { document } = read.value;
    const operationName = request.operationName ?? null;
    const operation = getOperationAST(document, operationName);
    if (!operation) return err([unknownOperation(document, operationName)]);
    const oversized = this.documents.oversized(read.value, operation);
    if (oversized) return err([oversized]);
    const variables = request.variables ?? {};
    const invalid = this.invalidVariables(operation, variables);
    if (invalid) return err(invalid);
    const cost = this.documents.costOf(read.value, operation, variables);
    if (!cost.ok) return cost;
    const spent = this.options.budgets.spend(client.budgetOf, cost.value);
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
      traceparent: client.traceparent,
    });
  }

  private invalidVariables(
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): Refused | null {
    if (!operation.variableDefinitions?.length) return null;
    const coerced = getVariableValues(this.options.schema, operation.variableDefinitions, variables, { maxErrors: 10 });
    return coerced.errors ? coerced.errors.map((error) => withCode(error, 'BAD_USER_INPUT')) : null;
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
      this.options.metrics.count('tradegraph_graphql_errors_total', {
        code: String(error.extensions['code'] ?? 'UNKNOWN'),
      });
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
