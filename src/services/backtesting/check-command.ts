import type { BacktestCommission, BacktestSlippage } from '../../domain/backtest.js';
import type { Refusal } from '../../domain/error-codes.js';
import { parseSymbol } from '../../domain/symbol.js';
import type { RunBacktestCommand } from './backtest-command.js';
import { checkProfile } from './engine-options.js';

export const SYMBOLS_MAX = 50;
export const NAME_MAX = 200;
/** Far above any account, and exact to a tenth of a cent in float64. */
export const CASH_MAX = 1e12;
/** The least that most currencies count: with less, nothing can be bought and no return be told from rounding. */
export const CASH_MIN = 0.01;
export const DEADLINE_MAX_SECONDS = 86_400;
const SEED_MAX = 2 ** 31 - 1;
/** The range that backtesting.py takes, rebates included. */
const COMMISSION_RATE_MAX = 0.1;
const CLIENT_REQUEST_ID = /^[A-Za-z0-9._:-]{1,64}$/;

/** What of a command can be judged by itself; every fault, each naming its field and the limit. */
export function checkCommand(command: RunBacktestCommand): readonly Refusal[] {
  return [
    ...checkLabels(command),
    ...checkSymbols(command.symbols),
    ...checkRange(command),
    ...checkOptions(command),
    ...checkProfile(command.profile, command.options),
    ...within('seed', command.seed, 0, SEED_MAX, { whole: true }),
    ...within('deadlineSeconds', command.deadlineSeconds, 1, DEADLINE_MAX_SECONDS, { whole: true }),
  ];
}

const refuse = (
  field: string,
  code: Refusal['code'],
  message: string,
  limit: Refusal['limit'],
  value: Refusal['value'],
) => [{ code, message: `${field}: ${message}`, path: ['input', field], limit, value }];

function checkLabels({ clientRequestId, name }: RunBacktestCommand): readonly Refusal[] {
  const faults: Refusal[] = [];
  if (clientRequestId !== null && !CLIENT_REQUEST_ID.test(clientRequestId)) {
    const value = clientRequestId.slice(0, 40);
    const message = `"${value}" is not 1 to 64 letters, digits and . _ : -`;
    faults.push(...refuse('clientRequestId', 'INVALID_CLIENT_REQUEST_ID', message, 64, value));
  }
  if (name !== null && (name.length < 1 || name.length > NAME_MAX || name.includes('\u0000'))) {
    const message = `${name.length} characters are not between 1 and ${NAME_MAX}, all of them text`;
    faults.push(...refuse('name', 'INVALID_ARGUMENT', message, NAME_MAX, name.length));
  }
  return faults;
}

function checkSymbols(symbols: readonly string[]): readonly Refusal[] {
  if (symbols.length < 1 || symbols.length > SYMBOLS_MAX) {
    const message = `${symbols.length} are not between 1 and ${SYMBOLS_MAX}`;
    return refuse('symbols', 'INVALID_ARGUMENT', message, SYMBOLS_MAX, symbols.length);
  }
  return symbols.flatMap((text) => {
    const symbol = parseSymbol(text);
    return symbol.ok ? [] : [{ ...symbol.error, path: ['input', 'symbols'], value: text.slice(0, 40) }];
  });
}

function checkRange({ from, to }: RunBacktestCommand): readonly Refusal[] {
  if (from === null || to === null || from < to) return [];
  const [start, end] = [new Date(from).toISOString(), new Date(to).toISOString()];
  return refuse('startDate', 'INVALID_RANGE', `${start} is not before endDate: ${end}`, end, start);
}

function checkOptions({ options }: RunBacktestCommand): readonly Refusal[] {
  const { initialCapital, spread, margin, lotSize, volumeShare, commission, slippage } = options;
  const { maxPositionPct, defaultSizePct } = options;
  return [
    ...checkCash(initialCapital),
    ...optional('spread', spread, 0, 0.5),
    ...optional('margin', margin, 0, 1, { above: true }),
    ...optional('lotSize', lotSize, 0, 1e9),
    ...optional('volumeShare', volumeShare, 0, 1, { above: true }),
    ...optional('maxPositionPct', maxPositionPct, 0, 100, { above: true }),
    ...optional('defaultSizePct', defaultSizePct, 0, 100, { above: true }),
    ...(commission === null ? [] : checkCommission(commission)),
    ...(slippage === null ? [] : checkSlippage(slippage)),
  ];
}

function checkCash(cash: number): readonly Refusal[] {
  if (cash > 0 && cash < CASH_MIN) {
    const message = `${cash} is below ${CASH_MIN}, the least that is counted`;
    return refuse('initialCapital', 'INVALID_ARGUMENT', message, CASH_MIN, String(cash));
  }
  if (Number.isFinite(cash) && cash > 0 && cash <= CASH_MAX) return [];
  const message = `${cash} is not a number above 0 and at most ${CASH_MAX}`;
  return refuse(
    'initialCapital',
    cash > CASH_MAX ? 'INVALID_ARGUMENT' : 'CASH_NOT_POSITIVE',
    message,
    CASH_MAX,
    String(cash),
  );
}

function checkCommission(commission: BacktestCommission): readonly Refusal[] {
  const field = 'commission';
  switch (commission.kind) {
    case 'PERCENT':
      return within(field, commission.rate, -COMMISSION_RATE_MAX, COMMISSION_RATE_MAX, { part: 'rate' });
    case 'FIXED_PLUS_PERCENT':
      return [
        ...within(field, commission.rate, -COMMISSION_RATE_MAX, COMMISSION_RATE_MAX, { part: 'rate' }),
        ...within(field, commission.fixed, 0, CASH_MAX, { part: 'fixed' }),
      ];
    case 'PER_UNIT':
      return [
        ...within(field, commission.perUnit, 0, CASH_MAX, { part: 'perUnit' }),
        ...within(field, commission.minimum, 0, CASH_MAX, { part: 'minimum' }),
      ];
  }
}

function checkSlippage(slippage: BacktestSlippage): readonly Refusal[] {
  switch (slippage.kind) {
    case 'NONE':
      return [];
    case 'BASIS_POINTS':
      return within('slippage', slippage.basisPoints, 0, 5_000, { part: 'basisPoints' });
    case 'VOLUME_SHARE':
      return within('slippage', slippage.impact, 0, 10, { part: 'volumeImpact' });
  }
}

interface Bounds {
  readonly whole?: boolean;
  /** The least value itself is not allowed. */
  readonly above?: boolean;
  /** Field within the field. */
  readonly part?: string;
}

const optional = (field: string, value: number | null, least: number, most: number, bounds: Bounds = {}) =>
  value === null ? [] : within(field, value, least, most, bounds);

function within(
  field: string,
  value: number,
  least: number,
  most: number,
  { whole = false, above = false, part }: Bounds = {},
): readonly Refusal[] {
  const isNumber = whole ? Number.isInteger(value) : Number.isFinite(value);
  if (isNumber && value <= most && (above ? value > least : value >= least)) return [];
  const range = above ? `above ${least} and at most ${most}` : `from ${least} to ${most}`;
  const message = `${part === undefined ? '' : `${part}: `}${value} is not a ${whole ? 'whole number' : 'number'} ${range}`;
  const path = part === undefined ? ['input', field] : ['input', field, part];
  return refuse(field, 'INVALID_ARGUMENT', message, most, String(value)).map((refusal) => ({ ...refusal, path }));
}
