import { type ArgumentNode, type DocumentNode, Kind, type OperationDefinitionNode, print, visit } from 'graphql';
import type { PreparedOperation } from '../operation.js';

interface SharedText {
  /** The operation without its root field's `after`. */
  readonly text: string;
  /** The variable that gives nothing but `after`. */
  readonly afterVariable: string | null;
}

const texts = new WeakMap<OperationDefinitionNode, SharedText>();

/**
 * Subscriptions with the same key get the same bytes for the same event, so one execution serves them all. Once a
 * client has caught up, `after` plays no part. Private streams of different accounts and scopes never share.
 */
export function sharingKey(prepared: PreparedOperation, scope: string, privateTo: string | null): string {
  const { text, afterVariable } = sharedText(prepared.document, prepared.operation);
  const variables = Object.entries(prepared.variables)
    .filter(([name]) => name !== afterVariable)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([text, variables, prepared.operationName, scope, privateTo]);
}

function sharedText(document: DocumentNode, operation: OperationDefinitionNode): SharedText {
  const known = texts.get(operation);
  if (known) return known;
  const after = rootAfter(operation);
  // Other operations of the document are not run; fragments may be.
  const part: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: document.definitions.filter((node) => node === operation || node.kind === Kind.FRAGMENT_DEFINITION),
  };
  const variable = after?.value.kind === Kind.VARIABLE ? after.value.name.value : null;
  const shared = {
    text: print(visit(part, { Argument: (node) => (node === after ? null : undefined) })),
    afterVariable: variable !== null && countUses(part, variable) === 1 ? variable : null,
  };
  texts.set(operation, shared);
  return shared;
}

function rootAfter(operation: OperationDefinitionNode): ArgumentNode | undefined {
  const root = operation.selectionSet.selections[0];
  return root?.kind === Kind.FIELD ? root.arguments?.find((argument) => argument.name.value === 'after') : undefined;
}

function countUses(document: DocumentNode, variable: string): number {
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: (node) => {
      if (node.name.value === variable) uses += 1;
    },
  });
  return uses;
}
