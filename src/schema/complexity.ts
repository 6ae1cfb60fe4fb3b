import { getNamedType, isCompositeType } from 'graphql';
import {
  fieldExtensionsEstimator,
  type ComplexityEstimator,
  type ComplexityEstimatorArgs,
} from 'graphql-query-complexity/cjs';

/** Items a connection answers at most. */
export const PAGE_SIZE_MAX = 1_000;
/** Rows a columnar series answers at most: columns cost a fraction of objects. */
export const SERIES_SIZE_MAX = 5_000;
/** Rows of a columnar series that cost as much as one object. */
const SERIES_ROWS_A_POINT = 25;

/**
 * Items asked for. A size above the limit is counted as the limit: its own refusal, which names the argument and the
 * limit, says more than a cost does.
 */
function requestedSize(args: ComplexityEstimatorArgs['args'], limit: number): number {
  const size: unknown = args['first'] ?? args['last'];
  return typeof size === 'number' && size > 0 ? Math.min(size, limit) : 1;
}

/** A page costs 1, and each of its items 1 and what is selected below it. */
export const pageComplexity = ({ args, childComplexity }: ComplexityEstimatorArgs): number =>
  1 + requestedSize(args, PAGE_SIZE_MAX) * Math.max(1, childComplexity);

export const seriesComplexity = ({ args }: ComplexityEstimatorArgs): number =>
  1 + Math.ceil(requestedSize(args, SERIES_SIZE_MAX) / SERIES_ROWS_A_POINT);

/** For fields that hold no data of their own: they cost what is below them. */
export const transparentComplexity = ({ childComplexity }: ComplexityEstimatorArgs): number => childComplexity;

/** An object costs 1 and what is below it; a leaf is part of its object. */
const objectEstimator: ComplexityEstimator = ({ field, childComplexity }) =>
  isCompositeType(getNamedType(field.type)) ? 1 + childComplexity : 0;

/** How an operation's cost is worked out: what a field declares, else by its kind. */
export const COMPLEXITY_ESTIMATORS: ComplexityEstimator[] = [fieldExtensionsEstimator(), objectEstimator];
