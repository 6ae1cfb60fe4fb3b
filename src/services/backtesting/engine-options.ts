import type { BacktestOptions, BacktestProfileName } from '../../domain/backtest.js';
import type { Refusal } from '../../domain/error-codes.js';
import type { Instrument } from '../../domain/instrument.js';
import type { NativeOptions } from '../../engines/backtest/native-options.js';
import type { BrokerOptions } from '../../engines/backtest/options.js';
import type { Costs } from '../../engines/execution/costs.js';
import { DEFAULT_RISK_LIMITS, type RiskLimits } from '../../engines/risk/limits.js';

const BASIS_POINTS = 10_000;

/** The options as the broker of the `backtesting.py` profile takes them; what is left out is that program's default. */
export const brokerOptionsOf = (options: BacktestOptions): BrokerOptions => ({
  cash: options.initialCapital,
  commission: options.commission ?? { kind: 'PERCENT', rate: 0 },
  spread: options.spread ?? 0,
  slippage: options.slippage ?? { kind: 'NONE' },
  margin: options.margin ?? 1,
  tradeOnClose: options.tradeOnClose ?? false,
  exclusiveOrders: options.exclusiveOrders ?? false,
  finalizeTrades: options.finalizeTrades ?? false,
  lotSize: options.lotSize ?? 1,
  volumeShare: options.volumeShare,
});

/** The options as the native profile takes them; what is left out is what live paper trading does. */
export const nativeOptionsOf = (options: BacktestOptions, instruments: readonly Instrument[]): NativeOptions => ({
  startingCash: options.initialCapital,
  instruments,
  costs: nativeCostsOf(options),
  limits: riskLimitsOf(options),
  finalizeTrades: options.finalizeTrades ?? false,
  accountId: null,
});

/** Far above any account. */
const ANY_ORDER = 1e12;
const PERCENT = 100;

/**
 * The limits of paper trading, or those that the options name. Where a share of the equity is named for positions, it
 * alone bounds an order: an amount that suits a paper account of 100,000 would bound a larger one by its size.
 */
export function riskLimitsOf(options: BacktestOptions): RiskLimits {
  // Specs that were stored before there were these options lack them.
  const maxPositionPct = options.maxPositionPct ?? null;
  const defaultSizePct = options.defaultSizePct ?? null;
  return {
    ...DEFAULT_RISK_LIMITS,
    ...(defaultSizePct === null ? {} : { entryFraction: defaultSizePct / PERCENT }),
    ...(maxPositionPct === null ? {} : { maxPositionFraction: maxPositionPct / PERCENT, maxOrderNotional: ANY_ORDER }),
  };
}

function nativeCostsOf({ commission, spread, slippage, volumeShare }: BacktestOptions): Partial<Costs> {
  return {
    ...(commission?.kind === 'PERCENT' ? { feeBps: commission.rate * BASIS_POINTS } : {}),
    ...(spread === null ? {} : { halfSpreadBps: (spread / 2) * BASIS_POINTS }),
    ...(slippage?.kind === 'NONE' ? { slippageBps: 0 } : {}),
    ...(slippage?.kind === 'BASIS_POINTS' ? { slippageBps: slippage.basisPoints } : {}),
    ...(volumeShare === null ? {} : { volumeShare }),
  };
}

/** What is asked for and the profile does not have: an option that is not acted on must not be taken silently. */
export function checkProfile(profile: BacktestProfileName, options: BacktestOptions): readonly Refusal[] {
  return profile === 'native' ? checkNative(options) : checkBacktestingPy(options);
}

const notOffered = (field: string, message: string): Refusal => ({
  code: 'OPTION_NOT_OFFERED',
  message: `${field}: ${message}`,
  path: ['input', field],
});

function checkNative(options: BacktestOptions): readonly Refusal[] {
  const { commission, slippage, margin, tradeOnClose, exclusiveOrders, lotSize } = options;
  const faults: Refusal[] = [];
  const refuse = (when: boolean, field: string, message: string) => {
    if (when) faults.push(notOffered(field, message));
  };
  const negative = commission?.kind === 'PERCENT' && commission.rate < 0;
  refuse(negative, 'commission', 'the native profile knows no rebates: the rate must not be below 0');
  refuse(commission !== null && commission.kind !== 'PERCENT', 'commission', 'the native profile takes a rate only');
  refuse(slippage?.kind === 'VOLUME_SHARE', 'slippage', 'the native profile takes basis points only');
  refuse(margin !== null && margin !== 1, 'margin', 'the native profile trades with cash only, as paper trading does');
  refuse(tradeOnClose === true, 'tradeOnClose', 'the native profile fills from the next bar on, as paper trading does');
  refuse(
    exclusiveOrders === true,
    'exclusiveOrders',
    'the native profile holds one position a symbol and adds nothing to it',
  );
  refuse(lotSize !== null, 'lotSize', "the native profile trades in the instrument's own lots");
  return [...faults, ...checkSizes(options)];
}

/** Entries of the default size must be able to pass at all. */
function checkSizes(options: BacktestOptions): readonly Refusal[] {
  const { entryFraction, maxPositionFraction } = riskLimitsOf(options);
  // What is no share of the equity at all is told by itself.
  if (!(entryFraction > maxPositionFraction && maxPositionFraction > 0 && entryFraction <= 1)) return [];
  const [size, limit] = [entryFraction * PERCENT, maxPositionFraction * PERCENT];
  const message = `defaultSizePct: ${size} is above maxPositionPct, which is ${limit}: each entry of that size would be denied`;
  return [{ code: 'INVALID_ARGUMENT', message, path: ['input', 'defaultSizePct'], limit, value: size }];
}

function checkBacktestingPy({ maxPositionPct, defaultSizePct }: BacktestOptions): readonly Refusal[] {
  const faults: Refusal[] = [];
  const unlimited = 'the backtesting.py profile has no risk limits: its entries take what their strategy says, or all';
  if (maxPositionPct !== null) faults.push(notOffered('maxPositionPct', unlimited));
  if (defaultSizePct !== null) faults.push(notOffered('defaultSizePct', unlimited));
  return faults;
}
