import type { IndicatorSpec } from '../indicators/indicator-spec.js';
import { crossedAbove, crossedBelow, type Line } from './line.js';

/** One output of an indicator. */
export interface IndicatorOutput<O extends string = string> {
  readonly spec: IndicatorSpec<O>;
  readonly output: O;
}

/** Of an indicator that has one output only. */
export const valueOf = (spec: IndicatorSpec<'value'>): IndicatorOutput<'value'> => ({ spec, output: 'value' });

/**
 * Where one line crosses another. Strict on both bars, as `crossedAbove`: a bar on which the lines are equal, or one of
 * them has no value, is on neither side, and so is what comes right after it no crossing.
 */
export interface Crossing {
  /** At the current bar: 1 where the first line comes to lie above the second, -1 where below, else 0. */
  readonly turn: number;
}

/** A crossing that is found bar by bar. */
export class LineCrossing implements Crossing {
  private readonly first: Line;
  private readonly second: Line;

  constructor(first: Line, second: Line) {
    this.first = first;
    this.second = second;
  }

  get turn(): number {
    const { first, second } = this;
    if (crossedAbove(first, second)) return 1;
    return crossedBelow(first, second) ? -1 : 0;
  }
}
