import type { BarColumns, IndicatorBar, IndicatorSpec } from './indicator-spec.js';
import { fieldColumn, fieldReader, type PriceField } from './price-field.js';

const VALUE = ['value'] as const;
/** A class, because V8 rewrites a number in a class's field in place but boxes it anew in a literal's. */
class SingleValue {
  value = NaN;
}
type Columns<O extends string> = Readonly<Record<O, Float64Array>>;
type Values<O extends string> = Readonly<Record<O, number>>;

/**
 * An indicator with one output over one field of the bars. `start` makes a stream, and refuses bad settings.
 * @param check refuses them too, where that takes less than a stream: a search makes thousands of specs
 */
export function fieldSpec(
  name: string,
  field: PriceField,
  settings: readonly number[],
  overValues: (values: Float64Array) => Float64Array,
  start: () => { update(value: number): number },
  check: () => void = start,
): IndicatorSpec<'value'> {
  const read = fieldReader(field);
  const overBars = (bars: BarColumns) => overValues(fieldColumn(bars, field));
  const startOverBars = () => {
    const indicator = start();
    return (bar: IndicatorBar) => indicator.update(read(bar));
  };
  return barSpec(name, [field, ...settings], overBars, startOverBars, check);
}

/** An indicator with several outputs over one field of the bars. */
export function fieldLinesSpec<O extends string>(
  name: string,
  field: PriceField,
  settings: readonly number[],
  outputs: readonly O[],
  overValues: (values: Float64Array) => Columns<O>,
  start: () => { update(value: number): Values<O> },
): IndicatorSpec<O> {
  const read = fieldReader(field);
  const overBars = (bars: BarColumns) => overValues(fieldColumn(bars, field));
  return barLinesSpec(name, [field, ...settings], outputs, overBars, () => {
    const indicator = start();
    return (bar) => indicator.update(read(bar));
  });
}

/** An indicator with one output over whole bars. */
export function barSpec(
  name: string,
  settings: readonly (string | number)[],
  overBars: (bars: BarColumns) => Float64Array,
  start: () => (bar: IndicatorBar) => number,
  check: () => void = start,
): IndicatorSpec<'value'> {
  const overColumns = (bars: BarColumns) => ({ value: overBars(bars) });
  const startLines = () => {
    const step = start();
    const now = new SingleValue();
    return (bar: IndicatorBar) => {
      now.value = step(bar);
      return now;
    };
  };
  return barLinesSpec(name, settings, VALUE, overColumns, startLines, check);
}

/** An indicator with several outputs over whole bars. @throws RangeError what `check` throws for bad settings */
export function barLinesSpec<O extends string>(
  name: string,
  settings: readonly (string | number)[],
  outputs: readonly O[],
  overBars: (bars: BarColumns) => Columns<O>,
  start: () => (bar: IndicatorBar) => Values<O>,
  check: () => void = start,
): IndicatorSpec<O> {
  // Where nothing else checks them it is started once for nothing: bad settings are refused where they are written.
  check();
  return {
    key: `${name}(${settings.join(',')})`,
    outputs,
    overBars,
    stream: () => ({ update: start() }),
  };
}
