import type { SearchedAxis } from '../../domain/search.js';
import type { CellRequest, SearchCell, SearchView } from '../../ports/search-reads.js';

/** Parts into which an interval is cut. */
const PARTS_OF_INTERVAL = 20;
/** Cells of one map at most: a megabyte of answer. */
export const CELLS_MAX = 20_000;

export interface SearchHeatMap {
  readonly xParameter: string;
  readonly xValues: readonly (number | boolean | string)[];
  readonly yParameter: string;
  /** One a value of y. */
  readonly rows: readonly {
    readonly y: number | boolean | string;
    readonly scores: readonly (number | null)[];
    readonly counts: readonly number[];
  }[];
}

/** Names of the parameters that a search varies. */
export const variedParameters = ({ axes }: Pick<SearchView, 'axes'>): string[] =>
  axes.map(({ parameter }) => parameter);

/** What is to be read for a map; null for a parameter that the search does not vary. */
export function cellRequestOf(
  { axes, spec }: Pick<SearchView, 'axes' | 'spec'>,
  { xParameter, yParameter, figure }: { xParameter: string; yParameter: string; figure: 'BEST' | 'MEAN' },
): CellRequest | null {
  const x = axes.find(({ parameter }) => parameter === xParameter);
  const y = axes.find(({ parameter }) => parameter === yParameter);
  if (x === undefined || y === undefined) return null;
  const best = spec.direction === 'MAXIMIZE' ? 'HIGHEST' : 'LOWEST';
  return { x, y, parts: PARTS_OF_INTERVAL, figure: figure === 'BEST' ? best : 'MEAN' };
}

export const cellCount = ({ x, y }: Pick<CellRequest, 'x' | 'y'>): number => valuesOf(x).length * valuesOf(y).length;

/** The cells as rows, one a value of y. */
export function heatMapOf({ x, y }: Pick<CellRequest, 'x' | 'y'>, cells: readonly SearchCell[]): SearchHeatMap {
  const xValues = valuesOf(x);
  const rows = valuesOf(y).map((value) => ({
    y: value,
    scores: xValues.map((): number | null => null),
    counts: xValues.map(() => 0),
  }));
  for (const cell of cells) {
    const row = rows[cell.y];
    if (row === undefined) continue;
    row.scores[cell.x] = cell.score;
    row.counts[cell.x] = cell.count;
  }
  return { xParameter: x.parameter, xValues, yParameter: y.parameter, rows };
}

/** Of an interval the middles of its parts. */
function valuesOf(axis: SearchedAxis): readonly (number | boolean | string)[] {
  if (axis.kind === 'LIST') return axis.values;
  const width = (axis.to - axis.from) / PARTS_OF_INTERVAL;
  return Array.from({ length: PARTS_OF_INTERVAL }, (_, part) => axis.from + (part + 0.5) * width);
}
