import { parseParameters, type ParameterValue } from '../strategies/parameters.js';
import { parameterKey, type ParameterSet } from './parameter-set.js';
import type { SearchAxis } from './parameter-range.js';
import type { SearchedStrategy, SearchPlan } from './search-plan.js';

/** A set of an interval is a neighbour when it lies within this share of the interval's width. */
const NEAR_SHARE = 0.1;

/**
 * Sets of a search next to a chosen one: in each numeric parameter at most one step (of an interval: a tenth of its
 * width) away, the other parameters equal.
 */
export function neighbourIndexes(plan: SearchPlan, chosen: number): number[] {
  const center = plan.at(chosen);
  const neighbours: number[] = [];
  for (let index = 0; index < plan.length; index += 1) {
    if (index === chosen) continue;
    const values = plan.at(index);
    const isNear = plan.axes.every((axis) =>
      areNear(axis, center[axis.parameter] as ParameterValue, values[axis.parameter] as ParameterValue),
    );
    if (isNear) neighbours.push(index);
  }
  return neighbours;
}

function areNear(axis: SearchAxis, a: ParameterValue, b: ParameterValue): boolean {
  if (a === b) return true;
  if (typeof a !== 'number' || typeof b !== 'number') return false;
  if (axis.kind === 'INTERVAL') return Math.abs(a - b) <= NEAR_SHARE * (axis.to - axis.from);
  return Math.abs(axis.values.indexOf(a) - axis.values.indexOf(b)) <= 1;
}

/**
 * Sets around one that no search has chosen: each numeric parameter a little lower and a little higher, one at a time,
 * within its declared range and as far as the values fit together.
 * @param share how far, as a fraction of the value; a whole number moves by 1 at least
 */
export function nearbySets(
  strategy: SearchedStrategy,
  values: ParameterSet,
  share: number = NEAR_SHARE,
): ParameterSet[] {
  const seen = new Set([parameterKey(values)]);
  const nearby: ParameterSet[] = [];
  for (const [name, declaration] of Object.entries(strategy.parameters)) {
    const value = values[name];
    if ((declaration.kind !== 'INTEGER' && declaration.kind !== 'NUMBER') || typeof value !== 'number') continue;
    const moved = Math.abs(value) * share;
    const distance = declaration.kind === 'INTEGER' ? Math.max(1, Math.round(moved)) : moved;
    for (const near of [value - distance, value + distance]) {
      const set = { ...values, [name]: Math.min(declaration.max, Math.max(declaration.min, near)) };
      const key = parameterKey(set);
      if (seen.has(key) || !parseParameters(strategy.parameters, set, strategy.checkTogether?.bind(strategy)).ok)
        continue;
      seen.add(key);
      nearby.push(set);
    }
  }
  return nearby;
}
