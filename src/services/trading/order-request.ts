import type { Refusal } from '../../domain/error-codes.js';
import { naturalId } from '../../domain/event-id.js';
import type { Instrument } from '../../domain/instrument.js';
import type { OrderSide, OrderType, TimeInForce } from '../../domain/order.js';
import { err, ok, type Result } from '../../domain/result.js';
import { parseSteps } from '../../engines/portfolio/decimal-text.js';

/** An order by hand as it comes from outside. Amounts are decimal text. */
export interface CreateOrderCommand {
  readonly clientOrderId: string;
  readonly accountId: string;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly orderType: OrderType;
  readonly quantity: string;
  readonly limitPrice: string | null;
  readonly stopPrice: string | null;
  readonly timeInForce: TimeInForce;
  /** Price at which the position that it opens is given up. */
  readonly stopLoss: string | null;
  readonly takeProfit: string | null;
}

/** The same, counted in ticks and lots. */
export interface OrderRequest {
  readonly lots: number;
  readonly limitTicks: number | null;
  readonly stopTicks: number | null;
  readonly stopLossTicks: number | null;
  readonly takeProfitTicks: number | null;
  /** Equal for inputs that mean the same order. */
  readonly digest: string;
}

const CLIENT_ORDER_ID_MAX = 64;
/** `@` begins the ids of our own orders. */
const CLIENT_ORDER_ID = /^[A-Za-z0-9._:-]{1,64}$/;

type AmountField = 'quantity' | 'limitPrice' | 'stopPrice' | 'stopLoss' | 'takeProfit';
const CODES = {
  quantity: 'INVALID_QUANTITY',
  limitPrice: 'INVALID_PRICE',
  stopPrice: 'INVALID_PRICE',
  stopLoss: 'INVALID_PROTECTION',
  takeProfit: 'INVALID_PROTECTION',
} as const satisfies Record<AmountField, Refusal['code']>;

/** Reads an order; a refusal names the field and the limit. */
export function readOrderRequest(command: CreateOrderCommand, instrument: Instrument): Result<OrderRequest, Refusal> {
  const badId = checkClientOrderId(command.clientOrderId);
  if (badId !== null) return err(badId);
  const misplaced = misplacedPrice(command);
  if (misplaced !== null) return err(misplaced);
  const amounts: Partial<Record<AmountField, number>> = {};
  for (const field of Object.keys(CODES) as AmountField[]) {
    const text = command[field];
    if (text === null) continue;
    const steps = readAmount(field, text, field === 'quantity' ? instrument.lotSize : instrument.tickSize);
    if (!steps.ok) return steps;
    amounts[field] = steps.value;
  }
  const { quantity = 0, limitPrice = null, stopPrice = null, stopLoss = null, takeProfit = null } = amounts;
  const { symbol, side, orderType, timeInForce } = command;
  const parts = [symbol, side, orderType, timeInForce, quantity, limitPrice, stopPrice, stopLoss, takeProfit];
  return ok({
    lots: quantity,
    limitTicks: limitPrice,
    stopTicks: stopPrice,
    stopLossTicks: stopLoss,
    takeProfitTicks: takeProfit,
    digest: naturalId('order-input', ...parts.map(String)),
  });
}

/** What is wrong with an id from outside, or null. */
export function checkClientOrderId(id: string): Refusal | null {
  if (CLIENT_ORDER_ID.test(id)) return null;
  return {
    code: 'INVALID_CLIENT_ORDER_ID',
    message: `clientOrderId: 1 to ${CLIENT_ORDER_ID_MAX} letters, digits and . _ : - are allowed`,
    path: ['input', 'clientOrderId'],
    limit: CLIENT_ORDER_ID_MAX,
    value: id.slice(0, CLIENT_ORDER_ID_MAX),
  };
}

function misplacedPrice({ orderType, limitPrice, stopPrice }: CreateOrderCommand): Refusal | null {
  const refuse = (field: 'limitPrice' | 'stopPrice', price: string | null): Refusal => ({
    code: 'INVALID_PRICE',
    message: `${field}: a ${orderType} order ${price === null ? 'needs one' : 'has none'}`,
    path: ['input', field],
    value: price,
  });
  if ((limitPrice !== null) !== (orderType === 'LIMIT')) return refuse('limitPrice', limitPrice);
  return (stopPrice !== null) === (orderType === 'STOP') ? null : refuse('stopPrice', stopPrice);
}

/** An amount in steps of the instrument's tick or lot; a refusal names the field and the limit. */
export function readAmount(field: AmountField, text: string, step: string): Result<number, Refusal> {
  const parsed = parseSteps(text, step);
  if (parsed.ok) return parsed;
  const problem = parsed.error;
  const about = { code: CODES[field], path: ['input', field], value: problem.value };
  switch (problem.code) {
    case 'NOT_A_NUMBER':
      return err({ ...about, message: `${field}: "${problem.value}" is not a decimal number`, limit: null });
    case 'OUT_OF_RANGE':
      return err({
        ...about,
        message: `${field}: ${problem.value} is not between ${problem.minimum} and ${problem.maximum}`,
        limit: problem.maximum,
      });
    case 'OFF_STEP':
      return err({ ...about, message: `${field}: ${problem.value} is not a whole number of ${step}`, limit: step });
  }
}
