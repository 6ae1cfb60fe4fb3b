import type { ParameterValue } from '../strategies/parameters.js';
import type { Direction } from './objectives.js';
import type { SearchAxis } from './parameter-range.js';
import { isBetter } from './ranking.js';
import type { SearchPlan } from './search-plan.js';

/** How the sets that share a cell, differing in the other parameters, become one figure. */
export type CellFigure = 'BEST' | 'MEAN';

export interface HeatMapAxis {
  readonly parameter: string;
  /** Ascending. Of an interval the middles of its equal parts. */
  readonly values: readonly ParameterValue[];
}

export interface HeatMap {
  readonly x: HeatMapAxis;
  readonly y: HeatMapAxis;
  /** One row a value of y, one cell a value of x; null where no set was tried or none has a score. */
  readonly rows: readonly (readonly (number | null)[])[];
  /** Sets with a score in each cell. A best of many is higher than a best of few by luck alone. */
  readonly counts: readonly (readonly number[])[];
}

/** Parts into which an interval is cut. */
const PARTS_OF_INTERVAL = 20;

/**
 * Scores of a search over two of its parameters.
 * @param scores one a set of the plan, NaN where it has none (yet)
 * @throws RangeError for a parameter that the search does not vary
 */
export function heatMap(
  plan: SearchPlan,
  scores: Float64Array,
  { xParameter, yParameter }: { readonly xParameter: string; readonly yParameter: string },
  figure: CellFigure,
  direction: Direction,
): HeatMap {
  const x = placesOf(axisNamed(plan, xParameter));
  const y = placesOf(axisNamed(plan, yParameter));
  const cells = new Float64Array(x.values.length * y.values.length).fill(NaN);
  const counts = new Uint32Array(cells.length);
  for (let index = 0; index < plan.length; index += 1) {
    const score = scores[index] ?? NaN;
    if (Number.isNaN(score)) continue;
    const values = plan.at(index);
    const cell =
      y.placeOf(values[yParameter] as ParameterValue) * x.values.length +
      x.placeOf(values[xParameter] as ParameterValue);
    const count = (counts[cell] = (counts[cell] as number) + 1);
    const kept = cells[cell] as number;
    if (figure === 'BEST') cells[cell] = isBetter(score, kept, direction) ? score : kept;
    else cells[cell] = count === 1 ? score : kept + (score - kept) / count;
  }
  const rowOf = <T>(all: ArrayLike<T>, row: number): T[] =>
    Array.from(x.values, (_, column) => all[row * x.values.length + column] as T);
  return {
    x: { parameter: xParameter, values: x.values },
    y: { parameter: yParameter, values: y.values },
    rows: y.values.map((_, row) => rowOf(cells, row).map((score) => (Number.isNaN(score) ? null : score))),
    counts: y.values.map((_, row) => rowOf(counts, row)),
  };
}

function axisNamed(plan: SearchPlan, parameter: string): SearchAxis {
  const axis = plan.axes.find((axis) => axis.parameter === parameter);
  if (axis !== undefined) return axis;
  const known = plan.axes.map((axis) => axis.parameter).join(', ');
  throw new RangeError(`${parameter} is not varied by this search; it varies: ${known}`);
}

/** The places of an axis on the map, and where a value lies. */
function placesOf(axis: SearchAxis): {
  readonly values: readonly ParameterValue[];
  placeOf(value: ParameterValue): number;
} {
  if (axis.kind === 'LIST') {
    const places = new Map(axis.values.map((value, place) => [value, place]));
    return { values: axis.values, placeOf: (value) => places.get(value) ?? 0 };
  }
  const width = (axis.to - axis.from) / PARTS_OF_INTERVAL;
  return {
    values: Array.from({ length: PARTS_OF_INTERVAL }, (_, part) => axis.from + (part + 0.5) * width),
    placeOf: (value) =>
      width === 0 ? 0 : Math.min(PARTS_OF_INTERVAL - 1, Math.floor((Number(value) - axis.from) / width)),
  };
}
