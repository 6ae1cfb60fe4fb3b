import { Arg, Args, Ctx, FieldResolver, Float, Int, Resolver, Root } from 'type-graphql';
import type { ComplexityEstimatorArgs } from 'graphql-query-complexity/cjs';
import type { ErrorCode } from '../domain/error-codes.js';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import type { SearchView } from '../ports/search-reads.js';
import { BacktestCaution, BacktestError, EquityCurve } from '../schema/backtest.js';
import { BACKTEST_PROFILES, BacktestProfileEnum } from '../schema/backtest-enums.js';
import { BacktestStatistics } from '../schema/backtest-statistics.js';
import { pageComplexity } from '../schema/complexity.js';
import { DateTime } from '../schema/date-time.js';
import { StrategyParams } from '../schema/json-scalars.js';
import { Timeframe } from '../schema/market-enums.js';
import { PageArgs } from '../schema/page-args.js';
import {
  HeatMap,
  Search,
  SearchAxis,
  SearchRunConnection,
  SearchStability,
  WalkForwardResult,
} from '../schema/search.js';
import { HeatMapFigureEnum, OBJECTIVE_NAMES, SearchMethodEnum, SearchObjectiveEnum } from '../schema/search-enums.js';
import { SAMPLE_POINTS_MAX, sampleCurve, thinned } from '../services/backtesting/sample-curve.js';
import type { Objective } from '../services/research/search-command.js';
import {
  CELLS_MAX,
  cellCount,
  cellRequestOf,
  heatMapOf,
  variedParameters,
} from '../services/research/search-heat-map.js';
import type { GraphQLContext } from './context.js';
import { connection } from './page.js';
import { queryError } from './query-error.js';

/** Read from the rows of all runs: as much work as a page of a thousand objects. */
const HEAT_MAP_COMPLEXITY = 500;
const POINTS_MIN = 10;
const POINTS_DEFAULT = 500;
/** Points of a curve that cost as much as one object. */
const POINTS_A_POINT = 25;
const curveComplexity = ({ args }: ComplexityEstimatorArgs): number => {
  const points: unknown = args['points'];
  const wanted = typeof points === 'number' && points > 0 ? Math.min(points, SAMPLE_POINTS_MAX) : POINTS_DEFAULT;
  return 1 + Math.ceil(wanted / POINTS_A_POINT);
};

@Resolver(() => Search)
export class SearchFields {
  @FieldResolver(() => Float, { description: 'Share of its runs that is done, in percent.' })
  percent(@Root() { doneCount, runCount }: SearchView): number {
    return runCount === null || runCount === 0 ? 0 : (100 * doneCount) / runCount;
  }

  @FieldResolver(() => BacktestError, {
    nullable: true,
    description: 'Why it failed; null unless it did.',
    complexity: 0,
  })
  error(@Root() { errorCode, errorMessage }: SearchView): BacktestError | null {
    return errorCode === null ? null : { code: errorCode as ErrorCode, message: errorMessage ?? '' };
  }

  @FieldResolver(() => [String], { description: 'The symbols, in alphabetic order.' })
  symbols(@Root() { spec }: SearchView): readonly string[] {
    return spec.symbols;
  }

  @FieldResolver(() => Timeframe, { description: 'Length of the bars.' })
  timeframe(@Root() { spec }: SearchView): TimeframeName {
    return spec.timeframe;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'Only bars that open then or later, as asked for.' })
  startDate(@Root() { spec }: SearchView): number | null {
    return spec.from;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'Only bars that open before, as asked for.' })
  endDate(@Root() { spec }: SearchView): number | null {
    return spec.to;
  }

  @FieldResolver(() => BacktestProfileEnum, { description: 'Whose fills and statistics it follows.' })
  profile(@Root() { spec }: SearchView): keyof typeof BacktestProfileEnum {
    return BACKTEST_PROFILES[spec.profile];
  }

  @FieldResolver(() => SearchMethodEnum, { description: 'Which sets are tried.' })
  method(@Root() { spec }: SearchView): keyof typeof SearchMethodEnum {
    return spec.method.kind;
  }

  @FieldResolver(() => SearchObjectiveEnum, { description: 'What the best set is best at.' })
  objective(@Root() { spec }: SearchView): keyof typeof SearchObjectiveEnum {
    return OBJECTIVE_NAMES[spec.objective as Objective];
  }

  @FieldResolver(() => Int, { description: 'Seed of everything random in it.' })
  seed(@Root() { spec }: SearchView): number {
    return spec.seed;
  }

  @FieldResolver(() => StrategyParams, { description: 'The parameters that do not vary, as they were given.' })
  params(@Root() { spec }: SearchView) {
    return spec.params;
  }

  @FieldResolver(() => [SearchAxis], { description: 'What varies.', complexity: 10 })
  ranges(@Root() { axes }: SearchView): readonly SearchAxis[] {
    return axes.map((axis) =>
      axis.kind === 'LIST'
        ? { parameter: axis.parameter, values: axis.values, min: null, max: null }
        : { parameter: axis.parameter, values: null, min: axis.from, max: axis.to },
    );
  }

  @FieldResolver(() => StrategyParams, {
    nullable: true,
    description: 'The best set of an optimization; null until it is DONE, and where no set has a score.',
  })
  bestParams(@Root() { result }: SearchView) {
    return result?.bestParams ?? null;
  }

  @FieldResolver(() => BacktestStatistics, {
    nullable: true,
    description:
      'Of the best set over all bars, or of everything out of the samples of a walk-forward; null until it is DONE.',
  })
  statistics(@Root() { result }: SearchView) {
    return result?.statistics ?? null;
  }

  @FieldResolver(() => SearchStability, {
    nullable: true,
    description: 'The best set against those next to it; null with fewer than two of them, and of a walk-forward.',
    complexity: 1,
  })
  stability(@Root() { result }: SearchView): SearchStability | null {
    return result?.stability ?? null;
  }

  @FieldResolver(() => [BacktestCaution], {
    description: 'What to know before the best set, or the walk-forward, is believed, the gravest first.',
    complexity: 1,
  })
  cautions(@Root() { result }: SearchView): readonly BacktestCaution[] {
    return result?.cautions ?? [];
  }

  @FieldResolver(() => SearchRunConnection, {
    description: 'All runs that are done, the best score first; those without a score come last.',
    complexity: pageComplexity,
  })
  runs(@Root() { id }: SearchView, @Args(() => PageArgs) args: PageArgs, @Ctx() context: GraphQLContext) {
    return connection({ field: 'searchRuns', filter: { id } }, ['float', 'number'], args, (page) =>
      context.readModel.searches.runs(id, page),
    );
  }

  @FieldResolver(() => HeatMap, {
    description: `The scores of the runs that are done over two of its parameters; at most ${CELLS_MAX} cells.`,
    complexity: HEAT_MAP_COMPLEXITY,
  })
  async heatMap(
    @Root() search: SearchView,
    @Arg('x', () => String, { description: 'The parameter across; one that varies.' }) xParameter: string,
    @Arg('y', () => String, { description: 'The parameter upwards; another one that varies.' }) yParameter: string,
    @Arg('figure', () => HeatMapFigureEnum, {
      defaultValue: 'BEST',
      description: 'What becomes of the sets that share a cell.',
    })
    figure: keyof typeof HeatMapFigureEnum,
    @Ctx() context: GraphQLContext,
  ): Promise<HeatMap> {
    const request = xParameter === yParameter ? null : cellRequestOf(search, { xParameter, yParameter, figure });
    if (request === null) {
      const message = `x, y: give two different parameters that the search varies: ${variedParameters(search).join(', ')}`;
      throw queryError({ code: 'UNKNOWN_PARAMETER', message, path: ['x'], value: xParameter.slice(0, 100) });
    }
    const count = cellCount(request);
    if (count > CELLS_MAX) {
      const message = `x, y: the map has ${count} cells; at most ${CELLS_MAX} are drawn`;
      throw queryError({ code: 'INVALID_ARGUMENT', message, path: ['x'], limit: CELLS_MAX, value: count });
    }
    return heatMapOf(request, await context.readModel.searches.cells(search.id, request));
  }

  @FieldResolver(() => WalkForwardResult, {
    nullable: true,
    description: 'The windows of a walk-forward; null until it is DONE, and of an optimization.',
    complexity: 1,
  })
  walkForward(@Root() { result }: SearchView): WalkForwardResult | null {
    return result?.walkForward ?? null;
  }

  @FieldResolver(() => EquityCurve, {
    nullable: true,
    description: 'Equity out of the samples of a walk-forward; null until it is DONE, and of an optimization.',
    complexity: curveComplexity,
  })
  async equityCurve(
    @Root() { id, kind, spec }: SearchView,
    @Arg('points', () => Int, {
      defaultValue: POINTS_DEFAULT,
      description: `Points at most, ${POINTS_MIN} to ${SAMPLE_POINTS_MAX}: of a longer curve the lows and highs of each stretch are kept.`,
    })
    points: number,
    @Ctx() context: GraphQLContext,
  ): Promise<EquityCurve | null> {
    if (points < POINTS_MIN || points > SAMPLE_POINTS_MAX) {
      const message = `points: ${points} is not between ${POINTS_MIN} and ${SAMPLE_POINTS_MAX}`;
      throw queryError({
        code: 'INVALID_ARGUMENT',
        message,
        path: ['points'],
        limit: SAMPLE_POINTS_MAX,
        value: points,
      });
    }
    const curve = kind === 'WALK_FORWARD' ? await context.readModel.searches.curve(id) : null;
    if (curve === null) return null;
    const sample = thinned(sampleCurve(curve.times, curve.equity, spec.options.initialCapital), points);
    return { timestamps: sample.times, equities: sample.equity };
  }
}
