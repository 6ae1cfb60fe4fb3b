import type { BacktestCommission, BacktestSlippage } from '../domain/backtest.js';
import type { Refusal } from '../domain/error-codes.js';
import { err, ok, type Result } from '../domain/result.js';
import { PROFILE_NAMES } from '../schema/backtest-enums.js';
import type { BacktestCommissionInput, BacktestSlippageInput } from '../schema/backtest-options.js';
import type { RunBacktestInput } from '../schema/backtest-payloads.js';
import type { RunBacktestCommand } from '../services/backtesting/backtest-command.js';

/** Input of the API as the command that it means; refuses costs that are said in two ways at once. */
export function readBacktestInput(input: RunBacktestInput): Result<RunBacktestCommand, readonly Refusal[]> {
  const commission = readCommission(input.commission ?? null);
  const slippage = readSlippage(input.slippage ?? null);
  if (!commission.ok || !slippage.ok) {
    return err([...(commission.ok ? [] : [commission.error]), ...(slippage.ok ? [] : [slippage.error])]);
  }
  return ok({
    name: input.name ?? null,
    clientRequestId: input.clientRequestId ?? null,
    strategy: input.strategy,
    params: input.params ?? {},
    symbols: input.symbols,
    timeframe: input.timeframe,
    from: input.startDate ?? null,
    to: input.endDate ?? null,
    profile: PROFILE_NAMES[input.profile],
    options: {
      initialCapital: input.initialCapital,
      commission: commission.value,
      spread: input.spread ?? null,
      slippage: slippage.value,
      margin: input.margin ?? null,
      tradeOnClose: input.tradeOnClose ?? null,
      exclusiveOrders: input.exclusiveOrders ?? null,
      finalizeTrades: input.finalizeTrades ?? null,
      lotSize: input.lotSize ?? null,
      volumeShare: input.volumeShare ?? null,
      maxPositionPct: input.maxPositionPct ?? null,
      defaultSizePct: input.defaultSizePct ?? null,
      ...given('allowShort', input.allowShort),
      ...given('maintenanceMargin', input.maintenanceMargin),
      ...given('borrowRate', input.borrowRate),
    },
    seed: input.seed,
    deadlineSeconds: input.deadlineSeconds,
  });
}

/** A field with its value; nothing where it was left out. */
const given = <K extends string, V>(field: K, value: V | null | undefined): Partial<Record<K, V>> =>
  value === null || value === undefined ? {} : ({ [field]: value } as Record<K, V>);

const refuse = (field: string, message: string) =>
  err<Refusal>({ code: 'INVALID_ARGUMENT', message: `${field}: ${message}`, path: ['input', field] });

function readCommission(input: BacktestCommissionInput | null): Result<BacktestCommission | null, Refusal> {
  if (input === null) return ok(null);
  const rate = input.rate ?? null;
  const fixed = input.fixed ?? null;
  const perUnit = input.perUnit ?? null;
  const minimum = input.minimum ?? null;
  if (perUnit !== null) {
    if (rate !== null || fixed !== null) return refuse('commission', 'perUnit stands without rate and fixed');
    return ok({ kind: 'PER_UNIT', perUnit, minimum: minimum ?? 0 });
  }
  if (minimum !== null) return refuse('commission', 'minimum stands beside perUnit only');
  if (fixed !== null) return ok({ kind: 'FIXED_PLUS_PERCENT', fixed, rate: rate ?? 0 });
  return rate === null ? refuse('commission', 'give rate, fixed or perUnit') : ok({ kind: 'PERCENT', rate });
}

function readSlippage(input: BacktestSlippageInput | null): Result<BacktestSlippage | null, Refusal> {
  if (input === null) return ok(null);
  const basisPoints = input.basisPoints ?? null;
  const impact = input.volumeImpact ?? null;
  if ((basisPoints === null) === (impact === null)) return refuse('slippage', 'give basisPoints or volumeImpact');
  return ok(
    basisPoints === null ? { kind: 'VOLUME_SHARE', impact: impact ?? 0 } : { kind: 'BASIS_POINTS', basisPoints },
  );
}
