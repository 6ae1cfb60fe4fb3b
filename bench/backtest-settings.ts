import type { BrokerOptions } from '../src/engines/backtest/options.js';
import { smaCross } from '../src/engines/strategies/built-in/sma-cross.js';
import { parseParameters } from '../src/engines/strategies/parameters.js';

export const BENCH_OPTIONS: BrokerOptions = {
  cash: 10_000,
  commission: { kind: 'PERCENT', rate: 0.0001 },
  spread: 0,
  slippage: { kind: 'NONE' },
  margin: 1,
  tradeOnClose: false,
  exclusiveOrders: false,
  finalizeTrades: true,
  lotSize: 1,
  volumeShare: null,
};

export function smaCrossValues(parameters: Readonly<Record<string, unknown>>) {
  const values = parseParameters(smaCross.parameters, parameters, smaCross.checkTogether);
  if (!values.ok) throw new Error(values.error.message);
  return values.value;
}
