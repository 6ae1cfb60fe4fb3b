import type { Timeframe } from '../domain/timeframe.js';
import type { InstrumentView } from '../ports/read-model.js';
import { knownInstruments } from './arguments.js';
import type { GraphQLContext } from './context.js';
import { queryError } from './query-error.js';

/**
 * The symbols of a subscription, null for all of them. What would stay silent for ever is refused: symbols that are not
 * known or not tracked. A series that has ended is let through, since a cursor may have something left to send.
 */
export async function streamedSymbols(
  context: GraphQLContext,
  symbols: readonly string[] | null | undefined,
): Promise<ReadonlySet<string> | null> {
  const wanted = await knownInstruments(context, symbols);
  return wanted === null ? null : new Set(wanted.map(tracked).map(({ symbol }) => symbol));
}

/** As streamedSymbols, for bars of one timeframe: only stored ones come, and only tracked ones are stored as they come. */
export async function streamedSeries(
  context: GraphQLContext,
  symbols: readonly string[] | null | undefined,
  timeframe: Timeframe,
): Promise<ReadonlySet<string> | null> {
  const wanted = await knownInstruments(context, symbols);
  if (wanted === null) {
    const all = await context.readModel.market.instruments();
    const streamed = timeframesOf(all);
    // Before anything is tracked, a subscription to all symbols waits for the first one.
    if (streamed.length > 0 && !streamed.includes(timeframe)) throw unsupported(timeframe, 'any symbol', streamed);
    return null;
  }
  for (const instrument of wanted) {
    const streamed = timeframesOf([tracked(instrument)]);
    if (!streamed.includes(timeframe)) throw unsupported(timeframe, instrument.symbol, streamed);
  }
  return new Set(wanted.map(({ symbol }) => symbol));
}

function tracked(instrument: InstrumentView): InstrumentView {
  if (instrument.tracked.length > 0) return instrument;
  throw queryError({
    code: 'NOT_TRACKED',
    message: `symbols: ${instrument.symbol} is not tracked, so nothing new of it comes; trackSymbol begins that`,
    path: ['symbols'],
    value: instrument.symbol,
  });
}

const timeframesOf = (instruments: readonly InstrumentView[]): readonly Timeframe[] => [
  ...new Set(instruments.flatMap((instrument) => instrument.tracked.map((series) => series.timeframe))),
];

function unsupported(timeframe: Timeframe, whose: string, streamed: readonly Timeframe[]) {
  const limit = streamed.toSorted().join(', ');
  return queryError({
    code: 'UNSUPPORTED_TIMEFRAME',
    message: `timeframe: no ${timeframe} bars of ${whose} are stored as they come; streamed: ${limit}. The queries bars and barSeries aggregate the others`,
    path: ['timeframe'],
    limit,
    value: timeframe,
  });
}
