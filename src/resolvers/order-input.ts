import { Decimal as Amount } from 'decimal.js';
import type { Refusal } from '../domain/error-codes.js';
import { err, ok, type Result } from '../domain/result.js';
import { parseSymbol } from '../domain/symbol.js';
import type { CreateOrderInput, PreviewOrderInput, ReplaceOrderInput } from '../schema/order-payloads.js';
import type { CreateOrderCommand } from '../services/trading/order-request.js';
import type { PreviewOrderCommand } from '../services/trading/preview-order.js';
import type { ReplaceOrderCommand } from '../services/trading/replace-order.js';
import { isUuid } from './arguments.js';

const CLIENT_ORDER_ID_MAX = 64;
const CLIENT_ORDER_ID = /^[A-Za-z0-9._:-]+$/;
/** Far above any order that is meant, and exact as ticks and lots in what comes after. */
const AMOUNT_MAX = '1000000000000';
const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,6})?$/i;
const SHOWN_CHARACTERS = 40;

type AmountField = 'quantity' | 'limitPrice' | 'stopPrice' | 'stopLoss' | 'takeProfit';

/** Plain decimal text of an amount above 0 and not above the limit. */
function parseAmount(field: AmountField, text: string): Result<string, Refusal> {
  const amount = PLAIN_NUMBER.test(text) ? new Amount(text) : null;
  if (amount !== null && amount.gt(0) && amount.lte(AMOUNT_MAX)) return ok(amount.toFixed());
  const value = text.slice(0, SHOWN_CHARACTERS);
  const fault = amount === null ? 'is not a decimal number' : amount.gt(0) ? 'is too large' : 'is not above 0';
  return err({
    code: field === 'quantity' ? 'INVALID_QUANTITY' : field.endsWith('Price') ? 'INVALID_PRICE' : 'INVALID_PROTECTION',
    message: `${field}: "${value}" ${fault}; it must be above 0 and at most ${AMOUNT_MAX}`,
    path: ['input', field],
    limit: AMOUNT_MAX,
    value,
  });
}

function checkClientOrderId(id: string): Refusal[] {
  const refuse = (message: string): Refusal[] => [
    {
      code: 'INVALID_CLIENT_ORDER_ID',
      message,
      path: ['input', 'clientOrderId'],
      limit: CLIENT_ORDER_ID_MAX,
      value: id.slice(0, SHOWN_CHARACTERS),
    },
  ];
  if (id.length < 1 || id.length > CLIENT_ORDER_ID_MAX) {
    return refuse(`clientOrderId: ${id.length} characters are not between 1 and ${CLIENT_ORDER_ID_MAX}`);
  }
  return CLIENT_ORDER_ID.test(id) ? [] : refuse('clientOrderId: only letters, digits and . _ : - are allowed');
}

/** Each price belongs to one type of order, which needs it. */
function checkPrices(input: PreviewOrderInput): Refusal[] {
  const prices = [
    { field: 'limitPrice', type: 'LIMIT' },
    { field: 'stopPrice', type: 'STOP' },
  ] as const;
  return prices.flatMap(({ field, type }): Refusal[] => {
    const given = input[field] !== null && input[field] !== undefined;
    const needed = input.orderType === type;
    if (given === needed) return [];
    const message = needed
      ? `${field}: a ${type} order needs one, above 0 and at most ${AMOUNT_MAX}`
      : `${field}: belongs to a ${type} order, not to ${input.orderType}`;
    return [{ code: 'INVALID_PRICE', message, path: ['input', field], limit: needed ? AMOUNT_MAX : null }];
  });
}

/** Reads amounts of an input; what is wrong with them is added to the refusals. */
const amountReader =
  (input: Partial<Record<AmountField, string | null>>, refusals: Refusal[]) =>
  (field: AmountField): string | null => {
    const text = input[field];
    if (text === null || text === undefined) return null;
    const parsed = parseAmount(field, text);
    if (parsed.ok) return parsed.value;
    refusals.push(parsed.error);
    return null;
  };

/** The command that an input means, or everything that is wrong with how it is written. */
export function readOrderInput(
  input: CreateOrderInput,
  accountId: string,
): Result<CreateOrderCommand, readonly Refusal[]> {
  const { clientOrderId } = input;
  const refusals = checkClientOrderId(clientOrderId);
  const order = readPreviewInput(input, accountId);
  if (!order.ok) return err([...refusals, ...order.error]);
  return refusals.length === 0 ? ok({ clientOrderId, ...order.value }) : err(refusals);
}

/** As readOrderInput, of an order that needs no id. */
export function readPreviewInput(
  input: PreviewOrderInput,
  accountId: string,
): Result<PreviewOrderCommand, readonly Refusal[]> {
  const refusals: Refusal[] = [];
  const symbol = parseSymbol(input.symbol);
  if (!symbol.ok)
    refusals.push({ ...symbol.error, path: ['input', 'symbol'], value: input.symbol.slice(0, SHOWN_CHARACTERS) });
  refusals.push(...checkPrices(input));
  const amount = amountReader(input, refusals);
  const command = {
    accountId,
    symbol: input.symbol,
    side: input.side,
    orderType: input.orderType,
    quantity: amount('quantity') ?? '',
    limitPrice: amount('limitPrice'),
    stopPrice: amount('stopPrice'),
    timeInForce: input.timeInForce,
    stopLoss: amount('stopLoss'),
    takeProfit: amount('takeProfit'),
  };
  return refusals.length === 0 ? ok(command) : err(refusals);
}

/** As readOrderInput, of a replacement. Which prices the order has, the service knows. */
export function readReplaceInput(input: ReplaceOrderInput): Result<ReplaceOrderCommand, readonly Refusal[]> {
  const refusals = isUuid(input.orderId) ? [] : [unknownOrder(input.orderId)];
  refusals.push(...checkClientOrderId(input.clientOrderId));
  const amount = amountReader(input, refusals);
  const command = {
    orderId: input.orderId.toLowerCase(),
    clientOrderId: input.clientOrderId,
    quantity: amount('quantity'),
    limitPrice: amount('limitPrice'),
    stopPrice: amount('stopPrice'),
  };
  return refusals.length === 0 ? ok(command) : err(refusals);
}

const unknownOrder = (id: string): Refusal => ({
  code: 'UNKNOWN_ORDER',
  message: `orderId: there is no order "${id.slice(0, 100)}"`,
  path: ['input', 'orderId'],
  value: id.slice(0, 100),
});
