import { Arg, Args, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import type { ModelKind } from '../domain/model.js';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import type { SignalAction as SignalActionName } from '../domain/signal.js';
import { AnomalyCheck, AnomalyConnection } from '../schema/anomaly.js';
import { pageComplexity } from '../schema/complexity.js';
import { Timeframe } from '../schema/market-enums.js';
import { ModelConnection } from '../schema/model.js';
import { ModelKindEnum, SignalAction } from '../schema/ml-enums.js';
import { PageArgs, TimePageArgs } from '../schema/page-args.js';
import { PricePrediction } from '../schema/prediction.js';
import { SignalConnection } from '../schema/signal.js';
import { knownInstrument, knownSource, knownSymbols, timeRange } from './arguments.js';
import type { AnomalyCheck as AnomalyFinding } from '../services/ml/detect-anomaly.js';
import type { PricePrediction as PriceForecast } from '../services/ml/predict-price.js';
import type { GraphQLContext } from './context.js';
import { connection } from './page.js';
import { queryError } from './query-error.js';

/** An inference costs milliseconds of a whole core, where a row costs microseconds. */
const INFERENCE_COMPLEXITY = 50;
const TRACKED_TIMEFRAME = 'Length of the bars; the tracked one of the symbol when left out.';
const SYMBOLS = 'Only of these symbols, 1 to 100; all symbols when left out.';

@Resolver()
export class MlResolver {
  @Authorized('READ')
  @Query(() => PricePrediction, {
    description: 'Predicts the next close from the last stored bars, now.',
    complexity: INFERENCE_COMPLEXITY,
  })
  async predictPrice(
    @Arg('symbol', () => String, { description: 'Symbol to predict.' }) symbol: string,
    @Arg('timeframe', () => Timeframe, { nullable: true, description: TRACKED_TIMEFRAME })
    timeframe: TimeframeName | null | undefined,
    @Ctx() context: GraphQLContext,
  ): Promise<PriceForecast> {
    const instrument = await knownInstrument(context, symbol);
    const forecast = await context.services.predictPrice(instrument.symbol, timeframe ?? undefined);
    if (!forecast.ok) throw queryError({ path: ['symbol'], ...forecast.error });
    return forecast.value;
  }

  @Authorized('READ')
  @Query(() => AnomalyCheck, { description: 'Checks the last stored bar, now.', complexity: INFERENCE_COMPLEXITY })
  async detectAnomaly(
    @Arg('symbol', () => String, { description: 'Symbol to check.' }) symbol: string,
    @Arg('timeframe', () => Timeframe, { nullable: true, description: TRACKED_TIMEFRAME })
    timeframe: TimeframeName | null | undefined,
    @Ctx() context: GraphQLContext,
  ): Promise<AnomalyFinding> {
    const instrument = await knownInstrument(context, symbol);
    const finding = await context.services.detectAnomaly(instrument.symbol, timeframe ?? undefined);
    if (!finding.ok) throw queryError({ path: ['symbol'], ...finding.error });
    return finding.value;
  }

  @Authorized('READ')
  @Query(() => SignalConnection, { description: 'Signals by decision time, newest first.', complexity: pageComplexity })
  async signals(
    @Arg('symbols', () => [String], { nullable: true, description: SYMBOLS }) symbols: string[] | null | undefined,
    @Arg('source', () => String, { nullable: true, description: 'Only of this signal source: lstm, ema-cross.' })
    source: string | null | undefined,
    @Arg('actions', () => [SignalAction], {
      nullable: true,
      description: 'Only with these targets; all when left out.',
    })
    actions: SignalActionName[] | null | undefined,
    @Args(() => TimePageArgs) args: TimePageArgs,
    @Ctx() context: GraphQLContext,
  ) {
    const range = timeRange(args);
    const filter = {
      symbols: await knownSymbols(context, symbols),
      source: await knownSource(context, source),
      actions: actions ? [...new Set(actions)].toSorted() : null,
    };
    return connection({ field: 'signals', filter }, ['number', 'uuid'], args, (page) =>
      context.readModel.ml.signals({ ...filter, ...range }, page),
    );
  }

  @Authorized('READ')
  @Query(() => AnomalyConnection, { description: 'Anomalies by bar, newest first.', complexity: pageComplexity })
  async anomalies(
    @Arg('symbols', () => [String], { nullable: true, description: SYMBOLS }) symbols: string[] | null | undefined,
    @Args(() => TimePageArgs) args: TimePageArgs,
    @Ctx() context: GraphQLContext,
  ) {
    const range = timeRange(args);
    const filter = { symbols: await knownSymbols(context, symbols) };
    return connection({ field: 'anomalies', filter }, ['number', 'uuid'], args, (page) =>
      context.readModel.ml.anomalies({ ...filter, ...range }, page),
    );
  }

  @Authorized('READ')
  @Query(() => ModelConnection, { description: 'Models and the evidence for them.', complexity: pageComplexity })
  async models(
    @Arg('symbol', () => String, { nullable: true, description: 'Only of this symbol; all symbols when left out.' })
    symbol: string | null | undefined,
    @Arg('kind', () => ModelKindEnum, { nullable: true, description: 'Only of this kind; all kinds when left out.' })
    kind: ModelKind | null | undefined,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: GraphQLContext,
  ) {
    const only = symbol === null || symbol === undefined ? null : (await knownInstrument(context, symbol)).symbol;
    const filter = { symbol: only, kind: kind ?? null };
    return connection({ field: 'models', filter }, ['string', 'string', 'string', 'number'], args, (page) =>
      context.readModel.ml.models(filter, page),
    );
  }
}
