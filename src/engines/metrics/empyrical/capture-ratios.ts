import { annualReturn, type EmpyricalPeriod } from './annualization.js';
import { pickByFactor } from './market-model.js';

/** Annual return over the factor's annual return. */
export const captureRatio = (returns: Float64Array, factor: Float64Array, period: EmpyricalPeriod = 'daily'): number =>
  annualReturn(returns, period) / annualReturn(factor, period);

/** The same over the periods in which the factor rose; NaN when there is none. */
export const upCapture = (returns: Float64Array, factor: Float64Array, period: EmpyricalPeriod = 'daily'): number =>
  captureRatio(...pickByFactor('up', returns, factor), period);

/** The same over the periods in which the factor fell; NaN when there is none. */
export const downCapture = (returns: Float64Array, factor: Float64Array, period: EmpyricalPeriod = 'daily'): number =>
  captureRatio(...pickByFactor('down', returns, factor), period);

/** Capture of the rises over the capture of the falls. */
export const upDownCapture = (returns: Float64Array, factor: Float64Array, period: EmpyricalPeriod = 'daily'): number =>
  upCapture(returns, factor, period) / downCapture(returns, factor, period);
