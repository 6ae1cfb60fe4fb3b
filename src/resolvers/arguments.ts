import type { GraphQLError } from 'graphql';
import { parseSymbol } from '../domain/symbol.js';
import type { AccountView, InstrumentView, TimeRange } from '../ports/read-model.js';
import type { GraphQLContext } from './context.js';
import { queryError } from './query-error.js';

/** Symbols that one field takes at most. */
export const SYMBOLS_MAX = 100;

/** A range whose end is not before its start. */
export function timeRange(args: { readonly from?: number | null; readonly to?: number | null }): TimeRange {
  const from = args.from ?? null;
  const to = args.to ?? null;
  if (from === null || to === null || from <= to) return { from, to };
  const [fromText, toText] = [new Date(from).toISOString(), new Date(to).toISOString()];
  throw queryError({
    code: 'INVALID_RANGE',
    message: `from: ${fromText} is after to: ${toText}`,
    path: ['from'],
    limit: toText,
    value: fromText,
  });
}

/** A well-formed symbol, whether known or not. */
export function wellFormedSymbol(text: string, path: string): string {
  const symbol = parseSymbol(text);
  if (symbol.ok) return symbol.value;
  throw queryError({ ...symbol.error, path: [path] });
}

export async function knownInstrument(context: GraphQLContext, text: string, path = 'symbol'): Promise<InstrumentView> {
  const symbol = wellFormedSymbol(text, path);
  const instrument = await context.readModel.market.instrument(symbol);
  if (instrument !== null) return instrument;
  throw unknownSymbol(symbol, path);
}

function unknownSymbol(symbol: string, path: string): GraphQLError {
  return queryError({
    code: 'UNKNOWN_SYMBOL',
    message: `${path}: no instrument ${symbol} is known here; the query symbols lists those that are, trackSymbol adds one`,
    path: [path],
    value: symbol,
  });
}

/** Each symbol once, in order; null for all of them. */
export async function knownSymbols(
  context: GraphQLContext,
  symbols: readonly string[] | null | undefined,
): Promise<readonly string[] | null> {
  return (await knownInstruments(context, symbols))?.map(({ symbol }) => symbol) ?? null;
}

/** The instrument of each symbol once, in order; null for all of them. */
export async function knownInstruments(
  context: GraphQLContext,
  symbols: readonly string[] | null | undefined,
): Promise<readonly InstrumentView[] | null> {
  if (symbols === null || symbols === undefined) return null;
  if (symbols.length < 1 || symbols.length > SYMBOLS_MAX) {
    const message = `symbols: ${symbols.length} are not between 1 and ${SYMBOLS_MAX}; leave it out for all`;
    throw queryError({
      code: 'INVALID_ARGUMENT',
      message,
      path: ['symbols'],
      limit: SYMBOLS_MAX,
      value: symbols.length,
    });
  }
  const distinct = [...new Set(symbols)].map((symbol) => wellFormedSymbol(symbol, 'symbols')).toSorted();
  const known = new Map((await context.readModel.market.instruments()).map((each) => [each.symbol, each]));
  return distinct.map((symbol) => {
    const instrument = known.get(symbol);
    if (instrument === undefined) throw unknownSymbol(symbol, 'symbols');
    return instrument;
  });
}

/** More accounts, and so more signal sources, are not looked at. */
const ACCOUNTS_READ = 1000;

/** The name of a signal source that an account trades, since each source has one; null for all sources. */
export async function knownSource(context: GraphQLContext, source: string | null | undefined): Promise<string | null> {
  if (source === null || source === undefined) return null;
  const page = { from: 'first', size: ACCOUNTS_READ, after: null, before: null } as const;
  const { items } = await context.readModel.trading.accounts(page);
  const known = new Set(items.flatMap(({ item }) => item.signalSource ?? []));
  // Before the accounts are there, nobody can say which sources there will be.
  if (known.size === 0 || known.has(source)) return source;
  const [value, limit] = [source.slice(0, 100), [...known].toSorted().join(', ')];
  const message = `source: there is no signal source "${value}"; there are: ${limit}`;
  throw queryError({ code: 'INVALID_ARGUMENT', message, path: ['source'], limit, value });
}

/** The account of this id, or the default one. */
export async function knownAccount(context: GraphQLContext, id: string | null | undefined): Promise<AccountView> {
  const account = await context.readModel.trading.account(id ?? null);
  if (account !== null) return account;
  const message =
    id === null || id === undefined
      ? 'accountId: there is no default account yet'
      : `accountId: there is no account "${id.slice(0, 100)}"`;
  throw queryError({ code: 'UNKNOWN_ACCOUNT', message, path: ['accountId'], value: id?.slice(0, 100) ?? null });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Ids of orders, fills and signals are UUIDs; any other text is the id of nothing. */
export const isUuid = (text: string): boolean => UUID.test(text);
