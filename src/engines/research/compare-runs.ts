import { describeEquity, describeFill, describeOrder, timeText } from './describe-trace.js';
import type { RunTrace, TracedEquity, TracedFill, TracedOrder } from '../../domain/run-trace.js';

/** PROTECTION: an order that a fill has brought about. */
export type TracePart = 'ORDER' | 'FILL' | 'PROTECTION' | 'EQUITY';

export interface RunDifference {
  readonly part: TracePart;
  /** Place in the list of its part, in order of time, from 0. */
  readonly index: number;
  readonly time: number;
  /** The field that differs first; null where one run has nothing here. */
  readonly field: string | null;
  /** What each run has in that field, or as a whole; null where it has nothing. */
  readonly inFirst: number | string | null;
  readonly inSecond: number | string | null;
  /** One sentence in plain words. */
  readonly message: string;
}

export interface RunComparison {
  readonly isEqual: boolean;
  /** Of both runs, to tell an equality of two empty runs from one that says something. */
  readonly orderCounts: readonly [number, number];
  readonly fillCounts: readonly [number, number];
  readonly equityCounts: readonly [number, number];
  /** The earliest difference. Of one instant causes come before effects: orders, fills, their protection, equity. */
  readonly firstDifference: RunDifference | null;
}

interface Part<T> {
  readonly part: TracePart;
  /** Compared in this order. */
  readonly fields: readonly (keyof T & string)[];
  describe(item: T): string;
}

const ORDERS: Part<TracedOrder> = {
  part: 'ORDER',
  fields: ['symbol', 'cause', 'side', 'type', 'quantity', 'limitPrice', 'stopPrice', 'outcome'],
  describe: describeOrder,
};
const PROTECTION: Part<TracedOrder> = { ...ORDERS, part: 'PROTECTION' };
const FILLS: Part<TracedFill> = {
  part: 'FILL',
  fields: ['symbol', 'side', 'quantity', 'price', 'commission'],
  describe: describeFill,
};
const EQUITY: Part<TracedEquity> = { part: 'EQUITY', fields: ['value'], describe: describeEquity };
const RANK: Readonly<Record<TracePart, number>> = { ORDER: 0, FILL: 1, PROTECTION: 2, EQUITY: 3 };

const isProtection = ({ cause }: TracedOrder): boolean => cause === 'STOP_LOSS' || cause === 'TAKE_PROFIT';
const isOther = (order: TracedOrder): boolean => !isProtection(order);

/**
 * Compares what two runs ordered, what was filled, and what it was worth. The lists may come in any order.
 * @param tolerance largest difference of two numbers that still counts as none, as a fraction of the larger; 0: exact
 */
export function compareRuns(first: RunTrace, second: RunTrace, tolerance: number = 0): RunComparison {
  const labels = [first.label, second.label] as const;
  const differences = [
    firstDifferenceOf(ORDERS, first.orders.filter(isOther), second.orders.filter(isOther), labels, tolerance),
    firstDifferenceOf(
      PROTECTION,
      first.orders.filter(isProtection),
      second.orders.filter(isProtection),
      labels,
      tolerance,
    ),
    firstDifferenceOf(FILLS, first.fills, second.fills, labels, tolerance),
    firstDifferenceOf(EQUITY, first.equity, second.equity, labels, tolerance),
  ].filter((difference) => difference !== null);
  differences.sort((a, b) => a.time - b.time || RANK[a.part] - RANK[b.part]);
  return {
    isEqual: differences.length === 0,
    orderCounts: [first.orders.length, second.orders.length],
    fillCounts: [first.fills.length, second.fills.length],
    equityCounts: [first.equity.length, second.equity.length],
    firstDifference: differences[0] ?? null,
  };
}

function firstDifferenceOf<T extends { readonly time: number }>(
  { part, fields, describe }: Part<T>,
  first: readonly T[],
  second: readonly T[],
  [firstLabel, secondLabel]: readonly [string, string],
  tolerance: number,
): RunDifference | null {
  const a = inTimeOrder(first, fields);
  const b = inTimeOrder(second, fields);
  const name = `${part.toLowerCase()} `;
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [x, y] = [a[index], b[index]];
    if (x === undefined || y === undefined || x.time !== y.time) {
      // The earlier one stands alone: the other run has nothing at that time.
      const isInFirst = y === undefined || (x !== undefined && x.time < y.time);
      const alone = (isInFirst ? x : y) as T;
      const text = describe(alone);
      const [has, lacks] = isInFirst ? [firstLabel, secondLabel] : [secondLabel, firstLabel];
      const message = `${capital(name)}${index + 1} at ${timeText(alone.time)}: ${has} has ${text}; ${lacks} has none at that time.`;
      const [inFirst, inSecond] = isInFirst ? [text, null] : [null, text];
      return { part, index, time: alone.time, field: null, inFirst, inSecond, message };
    }
    const field = fields.find((field) => !areEqual(x[field], y[field], tolerance));
    if (field === undefined) continue;
    const message =
      `${capital(name)}${index + 1} at ${timeText(x.time)}: ${firstLabel} has ${describe(x)}, ` +
      `${secondLabel} has ${describe(y)}; the ${field} differs.`;
    const [inFirst, inSecond] = [shown(x[field]), shown(y[field])];
    return { part, index, time: x.time, field, inFirst, inSecond, message };
  }
  return null;
}

/** By time; within an instant by what is compared first, as nothing says which symbol comes before which. */
function inTimeOrder<T extends { readonly time: number }>(
  items: readonly T[],
  fields: readonly (keyof T & string)[],
): T[] {
  return items.toSorted((a, b) => {
    if (a.time !== b.time) return a.time - b.time;
    for (const field of fields) {
      const [x, y] = [a[field] ?? '', b[field] ?? ''];
      if (x < y) return -1;
      if (x > y) return 1;
    }
    return 0;
  });
}

function areEqual(a: unknown, b: unknown, tolerance: number): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}

const shown = (value: unknown): number | string | null =>
  typeof value === 'number' || value === null ? value : String(value);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
