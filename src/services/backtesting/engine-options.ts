import type { BacktestOptions, BacktestProfileName } from '../../domain/backtest.js';
import type { Refusal } from '../../domain/error-codes.js';
import type { Instrument } from '../../domain/instrument.js';
import type { NativeOptions } from '../../engines/backtest/native-options.js';
import type { BrokerOptions } from '../../engines/backtest/options.js';
import type { Costs } from '../../engines/execution/costs.js';
import type { TradingRules } from '../../engines/execution/trading-rules.js';
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
  instruments: instruments.map((instrument) => withLots(instrument, options.lotSize)),
  costs: nativeCostsOf(options),
  limits: riskLimitsOf(options),
  rules: tradingRulesOf(options),
  finalizeTrades: options.finalizeTrades ?? false,
  accountId: null,
});

/** What the native profile calls "any fraction": the parts that crypto is counted in. */
const FINEST_LOT = 1e-8;

const withLots = (instrument: Instrument, lotSize: number | null): Instrument =>
  lotSize === null ? instrument : { ...instrument, lotSize: String(lotSize === 0 ? FINEST_LOT : lotSize) };

/** What is left out is as paper accounts have it. */
const tradingRulesOf = (options: BacktestOptions): Partial<TradingRules> => ({
  allowShort: options.allowShort ?? false,
  exclusiveOrders: options.exclusiveOrders ?? false,
  tradeOnClose: options.tradeOnClose ?? false,
  margin: options.margin ?? 1,
  ...(options.maintenanceMargin === undefined ? {} : { maintenanceMargin: options.maintenanceMargin }),
  borrowRate: options.borrowRate ?? 0,
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
  const { commission, slippage, lotSize } = options;
  const faults: Refusal[] = [];
  const refuse = (when: boolean, field: string, message: string) => {
    if (when) faults.push(notOffered(field, message));
  };
  const negative = commission?.kind === 'PERCENT' && commission.rate < 0;
  refuse(negative, 'commission', 'the native profile knows no rebates: the rate must not be below 0');
  refuse(commission !== null && commission.kind !== 'PERCENT', 'commission', 'the native profile takes a rate only');
  refuse(slippage?.kind === 'VOLUME_SHARE', 'slippage', 'the native profile takes basis points only');
  const isCounted = lotSize === null || lotSize === 0 || isMultipleOfFinest(lotSize);
  if (!isCounted) {
    const message = `lotSize: ${lotSize} is neither 0 nor a multiple of ${FINEST_LOT}, the finest that the native profile counts`;
    faults.push({ code: 'INVALID_ARGUMENT', message, path: ['input', 'lotSize'], limit: FINEST_LOT, value: lotSize });
  }
  return [...faults, ...checkMargin(options), ...checkSizes(options)];
}

const isMultipleOfFinest = (lotSize: number): boolean => {
  const parts = lotSize / FINEST_LOT;
  return parts >= 0.5 && Math.abs(parts - Math.round(parts)) < 1e-6 * parts;
};

/** Leverage of a hundred; beyond it, a bar's range is more than the equity. */
const LEAST_MARGIN = 0.01;

function checkMargin({ margin: named, maintenanceMargin, borrowRate }: BacktestOptions): readonly Refusal[] {
  const margin = named ?? 1;
  const faults: Refusal[] = [];
  const refuse = (field: string, value: number, least: number, most: number, what: string) =>
    faults.push({
      code: 'INVALID_ARGUMENT',
      message: `${field}: ${value} is not a number from ${least} to ${most}${what}`,
      path: ['input', field],
      limit: value > most ? most : least,
      value,
    });
  if (margin > 0 && margin < LEAST_MARGIN) refuse('margin', margin, LEAST_MARGIN, 1, ' (leverage 100 at most)');
  if (maintenanceMargin !== undefined && !(maintenanceMargin >= 0 && maintenanceMargin <= margin)) {
    refuse('maintenanceMargin', maintenanceMargin, 0, margin, ', which is the margin');
  }
  if (borrowRate !== undefined && !(borrowRate >= 0 && borrowRate <= 1)) {
    refuse('borrowRate', borrowRate, 0, 1, ': a fraction a year');
  }
  return faults;
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

function checkBacktestingPy(options: BacktestOptions): readonly Refusal[] {
  const { maxPositionPct, defaultSizePct, allowShort, maintenanceMargin, borrowRate } = options;
  const faults: Refusal[] = [];
  const unlimited = 'the backtesting.py profile has no risk limits: its entries take what their strategy says, or all';
  if (maxPositionPct !== null) faults.push(notOffered('maxPositionPct', unlimited));
  if (defaultSizePct !== null) faults.push(notOffered('defaultSizePct', unlimited));
  if (allowShort === false) {
    faults.push(
      notOffered('allowShort', 'the backtesting.py profile always sells short: take a strategy that does not'),
    );
  }
  const uncalled = 'the backtesting.py profile closes an account when nothing is left, and lends for nothing';
  if (maintenanceMargin !== undefined) faults.push(notOffered('maintenanceMargin', uncalled));
  if (borrowRate !== undefined) faults.push(notOffered('borrowRate', uncalled));
  return faults;
}
