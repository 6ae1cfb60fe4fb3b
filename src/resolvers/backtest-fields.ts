import { Arg, Args, Ctx, FieldResolver, Float, Int, Resolver, Root } from 'type-graphql';
import type { ComplexityEstimatorArgs } from 'graphql-query-complexity/cjs';
import { backtestExportPath } from '../domain/backtest-exports.js';
import type { ErrorCode } from '../domain/error-codes.js';
import type { BacktestView } from '../ports/backtest-reads.js';
import type { CurveSample } from '../ports/backtest-runner.js';
import {
  Backtest,
  BacktestError,
  BacktestProvenance,
  DrawdownCurve,
  EquityCurve,
  RoundTripConnection,
} from '../schema/backtest.js';
import { BACKTEST_PROFILES, BacktestProfileEnum } from '../schema/backtest-enums.js';
import { BacktestOptions } from '../schema/backtest-options.js';
import { pageComplexity } from '../schema/complexity.js';
import { ForeignStatistics } from '../schema/json-scalars.js';
import { PageArgs } from '../schema/page-args.js';
import { SAMPLE_POINTS_MAX, thinned } from '../services/backtesting/sample-curve.js';
import type { GraphQLContext } from './context.js';
import { connection } from './page.js';
import { queryError } from './query-error.js';

const POINTS_MIN = 10;
const POINTS_DEFAULT = 500;
/** Points of a curve that cost as much as one object. */
const POINTS_A_POINT = 25;
const curveComplexity = ({ args }: ComplexityEstimatorArgs): number => {
  const points: unknown = args['points'];
  const wanted = typeof points === 'number' && points > 0 ? Math.min(points, SAMPLE_POINTS_MAX) : POINTS_DEFAULT;
  return 1 + Math.ceil(wanted / POINTS_A_POINT);
};
const POINTS = `Points at most, ${POINTS_MIN} to ${SAMPLE_POINTS_MAX}: of a longer curve the lows and highs of each stretch are kept.`;

async function curveOf({ id }: BacktestView, points: number, context: GraphQLContext): Promise<CurveSample | null> {
  if (points < POINTS_MIN || points > SAMPLE_POINTS_MAX) {
    throw queryError({
      code: 'INVALID_ARGUMENT',
      message: `points: ${points} is not between ${POINTS_MIN} and ${SAMPLE_POINTS_MAX}`,
      path: ['points'],
      limit: SAMPLE_POINTS_MAX,
      value: points,
    });
  }
  const sample = await context.readModel.backtests.curve(id);
  return sample === null ? null : thinned(sample, points);
}

@Resolver(() => Backtest)
export class BacktestFields {
  @FieldResolver(() => Float, { description: 'Share done, in percent.' })
  percent(@Root() { progress }: BacktestView): number {
    return progress * 100;
  }

  @FieldResolver(() => BacktestError, {
    nullable: true,
    description: 'Why it failed; null unless it did.',
    complexity: 0,
  })
  error(@Root() { errorCode, errorMessage }: BacktestView): BacktestError | null {
    return errorCode === null ? null : { code: errorCode as ErrorCode, message: errorMessage ?? '' };
  }

  @FieldResolver(() => BacktestProfileEnum, { description: 'Whose fills and statistics it follows.' })
  profile(@Root() { profile }: BacktestView): keyof typeof BacktestProfileEnum {
    return BACKTEST_PROFILES[profile];
  }

  @FieldResolver(() => BacktestOptions, { description: 'How it trades, as it was asked for.', complexity: 1 })
  options(@Root() { options }: BacktestView): BacktestOptions {
    const { commission, slippage } = options;
    const costs = { rate: null, fixed: null, perUnit: null, minimum: null, ...commission };
    const worse = {
      basisPoints: slippage?.kind === 'BASIS_POINTS' ? slippage.basisPoints : null,
      volumeImpact: slippage?.kind === 'VOLUME_SHARE' ? slippage.impact : null,
    };
    return { ...options, commission: commission && costs, slippage: slippage && worse };
  }

  @FieldResolver(() => ForeignStatistics, {
    nullable: true,
    description:
      "The statistics of backtesting.py under that program's own names; null unless it is DONE and of that profile.",
  })
  backtestingPyStatistics(@Root() { foreignStatistics }: BacktestView) {
    return foreignStatistics;
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      'Dividends received less those paid, in the quote currency: part of the equity, of no round trip; null unless it is DONE.',
    complexity: 0,
  })
  dividends(@Root() { statistics }: BacktestView): number | null {
    // Results from before dividends were booked had none.
    return statistics && (statistics['dividends'] ?? 0);
  }

  @FieldResolver(() => BacktestProvenance, {
    nullable: true,
    description: 'What the result was made of; null unless it is DONE.',
    complexity: 1,
  })
  provenance(@Root() backtest: BacktestView): BacktestProvenance | null {
    const { dataHash, actionsHash, barCount, dataFrom, dataTo, engineVersion, seed, strategy, params } = backtest;
    if (dataHash === null || barCount === null || engineVersion === null || dataFrom === null || dataTo === null) {
      return null;
    }
    return { dataHash, actionsHash, barCount, dataFrom, dataTo, engineVersion, seed, strategy, params };
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Path of its report on this server, one HTML file; result.json, equity.csv and trades.csv lie beside it. Null unless it is DONE.',
  })
  reportUrl(@Root() { id, status }: BacktestView): string | null {
    return status === 'DONE' ? backtestExportPath(id, 'report.html') : null;
  }

  @FieldResolver(() => EquityCurve, {
    nullable: true,
    description: 'The equity curve; null unless it is DONE.',
    complexity: curveComplexity,
  })
  async equityCurve(
    @Root() backtest: BacktestView,
    @Arg('points', () => Int, { defaultValue: POINTS_DEFAULT, description: POINTS }) points: number,
    @Ctx() context: GraphQLContext,
  ): Promise<EquityCurve | null> {
    const sample = await curveOf(backtest, points, context);
    return sample && { timestamps: sample.times, equities: sample.equity };
  }

  @FieldResolver(() => DrawdownCurve, {
    nullable: true,
    description: 'The drawdowns; null unless it is DONE.',
    complexity: curveComplexity,
  })
  async drawdownCurve(
    @Root() backtest: BacktestView,
    @Arg('points', () => Int, { defaultValue: POINTS_DEFAULT, description: POINTS }) points: number,
    @Ctx() context: GraphQLContext,
  ): Promise<DrawdownCurve | null> {
    const sample = await curveOf(backtest, points, context);
    return sample && { timestamps: sample.times, drawdownsPct: sample.drawdowns.map((fraction) => fraction * 100) };
  }

  @FieldResolver(() => RoundTripConnection, {
    description: 'Its round trips; none unless it is DONE.',
    complexity: pageComplexity,
  })
  roundTrips(@Root() { id }: BacktestView, @Args(() => PageArgs) args: PageArgs, @Ctx() context: GraphQLContext) {
    return connection({ field: 'roundTrips', filter: { id } }, ['number'], args, (page) =>
      context.readModel.backtests.roundTrips(id, page),
    );
  }
}
