import type { BacktestSpec } from '../domain/backtest.js';
import type { Instrument } from '../domain/instrument.js';
import { adverseFraction } from '../engines/execution/costs.js';
import { tradingSettingsOf } from '../engines/backtest/native-options.js';
import { brokerOptionsOf, nativeOptionsOf } from '../services/backtesting/engine-options.js';

/** True when executions are priced beyond their reference: a spread or slippage above 0. */
export function hasPriceCosts({ profile, options }: BacktestSpec, instruments: readonly Instrument[]): boolean {
  if (profile === 'backtesting.py') {
    const { spread, slippage } = brokerOptionsOf(options);
    return spread > 0 || slippage.kind !== 'NONE';
  }
  const settings = tradingSettingsOf(nativeOptionsOf(options, instruments));
  return [...settings.instruments.values()].some(({ costs }) => adverseFraction(costs) > 0);
}
