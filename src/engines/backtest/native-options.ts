import type { AccountState } from '../../domain/account-state.js';
import type { Instrument } from '../../domain/instrument.js';
import type { TimeInForce } from '../../domain/order.js';
import { nativeCosts, type Costs } from '../execution/costs.js';
import { CASH_RULES, type TradingRules } from '../execution/trading-rules.js';
import type { TradingSettings } from '../execution/trading-settings.js';
import { dayStartOf } from '../execution/valuation.js';
import { currencyIncrement, instrumentScale } from '../portfolio/instrument-scale.js';
import { MAX_WHOLE } from '../portfolio/whole-number.js';
import type { RiskLimits } from '../risk/limits.js';
import { SimulationError } from './simulation-error.js';

/** How a backtest of the native profile trades: as paper trading does, unless an option says otherwise. */
export interface NativeOptions {
  /** Whole units and fractions of the account's currency, above 0. */
  readonly startingCash: number;
  /** One a symbol; all quoted in one currency, which is the account's. */
  readonly instruments: readonly Instrument[];
  /** What an execution costs, where it is not what the asset class of the instrument costs in paper trading. */
  readonly costs: Partial<Costs>;
  readonly limits: RiskLimits;
  /** How long entries wait for their fill: until canceled when left out. */
  readonly timeInForce?: TimeInForce;
  /** Shorts, margin, exclusive orders and fills at closes, where they are asked for; else those of a paper account. */
  readonly rules?: Partial<TradingRules>;
  /** A position is closed on the last bar of its symbol; else it stays open and is no round trip. */
  readonly finalizeTrades: boolean;
  /**
   * The account whose ids orders, decisions and fills get, as on paper. Null where only the result is wanted: ids
   * then say nothing, and an observer is told of no approvals and bookings.
   */
  readonly accountId: string | null;
}

/** The cash of the options in cents. */
export const startingCents = ({ startingCash, instruments }: NativeOptions): number =>
  Math.round(startingCash / Number(currencyIncrement(currencyOf(instruments))));

export const currencyOf = (instruments: readonly Instrument[]): string => instruments[0]?.currency ?? 'USD';

/** The options as the engine of live trading takes them. */
export function tradingSettingsOf({ instruments, costs, limits, rules = {} }: NativeOptions): TradingSettings {
  return {
    limits,
    rules: tradingRulesOf(rules),
    instruments: new Map(
      instruments.map((instrument) => [
        instrument.symbol,
        {
          calendar: instrument.calendar,
          scale: instrumentScale(instrument),
          costs: { ...nativeCosts(instrument.assetClass), ...costs },
        },
      ]),
    ),
  };
}

/** Half of the margin is the least that must be left, unless it is named. */
const tradingRulesOf = (rules: Partial<TradingRules>): TradingRules => ({
  ...CASH_RULES,
  maintenanceMargin: (rules.margin ?? CASH_RULES.margin) / 2,
  ...rules,
});

/** An account with nothing but its cash, before its first bar. `signalSource` is the strategy's name. */
export function openingState(options: NativeOptions, signalSource: string, asOf: number): AccountState {
  const cashCents = startingCents(options);
  return {
    accountId: options.accountId ?? 'backtest',
    status: 'ACTIVE',
    currency: currencyOf(options.instruments),
    signalSource,
    cashCents,
    feesCents: 0,
    netDepositsCents: cashCents,
    asOf,
    day: { start: dayStartOf(asOf), startEquityCents: cashCents },
    positions: new Map(),
    orders: new Map(),
    markets: new Map(),
  };
}

const refuse = (message: string): never => {
  throw new SimulationError('INVALID_OPTIONS', message);
};

/** @throws SimulationError INVALID_OPTIONS naming the field, its value and what it must be */
export function assertNativeOptions(options: NativeOptions, symbols: readonly string[]): void {
  const { startingCash, instruments, costs } = options;
  const cents = startingCents(options);
  if (!(startingCash > 0 && cents >= 1 && cents <= MAX_WHOLE)) refuse(`cash: ${startingCash} is not an amount above 0`);
  const known = new Set(instruments.map(({ symbol }) => symbol));
  const missing = symbols.find((symbol) => !known.has(symbol));
  if (missing !== undefined) refuse(`instruments: ${missing} is not among them`);
  const other = instruments.find(({ currency }) => currency !== currencyOf(instruments));
  if (other !== undefined) {
    refuse(`instruments: ${other.symbol} is quoted in ${other.currency}, the account in ${currencyOf(instruments)}`);
  }
  assertRules(options.rules ?? {});
  for (const [name, value] of Object.entries(costs) as [keyof Costs, number][]) {
    const { above, below, whole } = COST_BOUNDS[name];
    const fits = Number.isFinite(value) && value >= above && value <= below && (!whole || Number.isInteger(value));
    if (!fits) refuse(`${name}: ${value} is not a ${whole ? 'whole ' : ''}number from ${above} to ${below}`);
  }
}

/** Leverage beyond a hundred is a slip of the finger. */
const LEAST_MARGIN = 0.01;

function assertRules({ margin = 1, maintenanceMargin = 0, borrowRate = 0 }: Partial<TradingRules>): void {
  if (!(margin >= LEAST_MARGIN && margin <= 1)) refuse(`margin: ${margin} is not from ${LEAST_MARGIN} to 1`);
  const holds = maintenanceMargin >= 0 && maintenanceMargin <= margin;
  if (!holds) refuse(`maintenanceMargin: ${maintenanceMargin} is not from 0 to the margin, ${margin}`);
  if (!(borrowRate >= 0 && borrowRate <= 1)) refuse(`borrowRate: ${borrowRate} is not a fraction from 0 to 1`);
}

/** Ranges of the costs; a half of the price per side is beyond any market. */
const COST_BOUNDS: Readonly<Record<keyof Costs, { above: number; below: number; whole?: boolean }>> = {
  feeBps: { above: 0, below: 5000 },
  slippageBps: { above: 0, below: 5000 },
  halfSpreadBps: { above: 0, below: 5000 },
  volumeShare: { above: 1e-9, below: 1 },
  tradeThroughTicks: { above: 0, below: 1_000_000, whole: true },
};
