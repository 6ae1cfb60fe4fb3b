import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  Lexer,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  Source,
  TokenKind,
} from 'graphql';

/** How large an operation is with its fragments spread out. */
export interface OperationSize {
  /** Fields below one another; 1 for `{ symbols }`. 0 where only introspection is asked for. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Fields, each counted as often as its fragment is spread. Grows exponentially with nested fragments. */
  readonly fields: number;
}

const NOTHING: OperationSize = { depth: 0, aliases: 0, directives: 0, fields: 0 };

/**
 * Sizes of one operation. Fragments are measured once each, so the work is linear in the document. The document must
 * be validated: a fragment that spreads itself would not end.
 */
export function measureOperation(document: DocumentNode, operation: OperationDefinitionNode): OperationSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const measured = new Map<string, OperationSize>();

  const ofFragment = (name: string): OperationSize => {
    const known = measured.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    const size = fragment ? plusDirectives(ofSelections(fragment.selectionSet), fragment.directives?.length) : NOTHING;
    measured.set(name, size);
    return size;
  };

  const ofSelection = (node: SelectionNode): OperationSize => {
    switch (node.kind) {
      case Kind.FRAGMENT_SPREAD:
        return plusDirectives(ofFragment(node.name.value), node.directives?.length);
      case Kind.INLINE_FRAGMENT:
        return plusDirectives(ofSelections(node.selectionSet), node.directives?.length);
      case Kind.FIELD: {
        const below = node.selectionSet ? ofSelections(node.selectionSet) : NOTHING;
        return {
          // Introspection is deeper than any limit a query needs; graphql-js bounds its nesting by a rule of its own.
          depth: node.name.value.startsWith('__') ? 0 : below.depth + 1,
          aliases: below.aliases + (node.alias ? 1 : 0),
          directives: below.directives + (node.directives?.length ?? 0),
          fields: below.fields + 1,
        };
      }
    }
  };

  const ofSelections = (set: SelectionSetNode): OperationSize => {
    let { depth, aliases, directives, fields } = NOTHING;
    for (const node of set.selections) {
      const size = ofSelection(node);
      depth = Math.max(depth, size.depth);
      aliases += size.aliases;
      directives += size.directives;
      fields += size.fields;
    }
    return { depth, aliases, directives, fields };
  };

  return plusDirectives(ofSelections(operation.selectionSet), operation.directives?.length);
}

/** Tokens of a source text, or as far as it can be read. Bounded by the limit on a request's bytes. */
export function countTokens(source: string): number {
  const lexer = new Lexer(new Source(source));
  let count = 0;
  try {
    while (lexer.advance().kind !== TokenKind.EOF) count += 1;
  } catch {
    return count;
  }
  return count;
}

const plusDirectives = (size: OperationSize, directives = 0): OperationSize => ({
  ...size,
  directives: size.directives + directives,
});
