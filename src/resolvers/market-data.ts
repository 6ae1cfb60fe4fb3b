import { Arg, Args, ArgsType, Authorized, Ctx, Field, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import type { InstrumentView } from '../ports/read-model.js';
import { BarConnection } from '../schema/bar.js';
import { BarSeries } from '../schema/bar-series.js';
import { pageComplexity, SERIES_SIZE_MAX, seriesComplexity } from '../schema/complexity.js';
import { DataQualityConnection } from '../schema/data-quality.js';
import { DateTime } from '../schema/date-time.js';
import { Instrument, SymbolList } from '../schema/instrument.js';
import { Timeframe, TRADING_CALENDARS, TradingCalendarEnum } from '../schema/market-enums.js';
import { PageArgs, TimePageArgs } from '../schema/page-args.js';
import { knownInstrument, timeRange } from './arguments.js';
import type { GraphQLContext } from './context.js';
import { connection, pageSize } from './page.js';

@ArgsType()
class SeriesArgs {
  @Field(() => Int, {
    nullable: true,
    description: `Bars from the start of the range, 1 to ${SERIES_SIZE_MAX}. Either this or last.`,
  })
  first?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `Bars from the end of the range, 1 to ${SERIES_SIZE_MAX}. Either this or first.`,
  })
  last?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Only bars that open at this market time or later.' })
  from?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Only bars that open before this market time.' })
  to?: number | null;
}

const SYMBOL = 'Symbol of the instrument.';
const TIMEFRAME = 'Length of the bars. One that is not stored is aggregated from the finest stored one below it.';

@Resolver()
export class MarketDataResolver {
  @Authorized('READ')
  @Query(() => SymbolList, { description: 'The known instruments, and which of them are kept up to date.' })
  async symbols(@Ctx() context: GraphQLContext): Promise<SymbolList> {
    const symbols = await context.readModel.market.instruments();
    return { symbols, updateFrequency: context.platform.updateFrequency };
  }

  @Authorized('READ')
  @Query(() => BarConnection, { description: 'Bars of one series, oldest first.', complexity: pageComplexity })
  async bars(
    @Arg('symbol', () => String, { description: SYMBOL }) symbol: string,
    @Arg('timeframe', () => Timeframe, { defaultValue: 'ONE_MINUTE', description: TIMEFRAME }) timeframe: TimeframeName,
    @Args(() => TimePageArgs) args: TimePageArgs,
    @Ctx() context: GraphQLContext,
  ) {
    const range = timeRange(args);
    const instrument = await knownInstrument(context, symbol);
    const series = { symbol: instrument.symbol, timeframe };
    return connection({ field: 'bars', filter: series }, ['number'], args, (page) =>
      context.readModel.market.bars({ ...series, ...range }, page),
    );
  }

  @Authorized('READ')
  @Query(() => BarSeries, {
    description: 'Bars of one series as columns, oldest first: for charts.',
    complexity: seriesComplexity,
  })
  async barSeries(
    @Arg('symbol', () => String, { description: SYMBOL }) symbol: string,
    @Arg('timeframe', () => Timeframe, { defaultValue: 'ONE_MINUTE', description: TIMEFRAME }) timeframe: TimeframeName,
    @Args(() => SeriesArgs) args: SeriesArgs,
    @Ctx() context: GraphQLContext,
  ): Promise<BarSeries> {
    const range = timeRange(args);
    const { from, size } = pageSize(args, SERIES_SIZE_MAX);
    const instrument = await knownInstrument(context, symbol);
    return context.readModel.market.barSeries({ symbol: instrument.symbol, timeframe, ...range }, from, size);
  }

  @Authorized('READ')
  @Query(() => DataQualityConnection, {
    description: 'What was refused of the bars that came in, counted by series and code.',
    complexity: pageComplexity,
  })
  async dataQuality(
    @Arg('symbol', () => String, { nullable: true, description: 'Only of this symbol; all symbols when left out.' })
    symbol: string | null | undefined,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: GraphQLContext,
  ) {
    const only = symbol === null || symbol === undefined ? null : (await knownInstrument(context, symbol)).symbol;
    return connection(
      { field: 'dataQuality', filter: { symbol: only } },
      ['string', 'string', 'string'],
      args,
      (page) => context.readModel.market.dataQuality(only, page),
    );
  }
}

@Resolver(() => Instrument)
export class InstrumentFields {
  @FieldResolver(() => TradingCalendarEnum, { description: 'When it trades.' })
  calendar(@Root() instrument: InstrumentView): keyof typeof TradingCalendarEnum {
    return TRADING_CALENDARS[instrument.calendar];
  }
}
