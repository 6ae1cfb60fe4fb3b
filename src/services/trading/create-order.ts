import type { Refusal } from '../../domain/error-codes.js';
import { naturalId } from '../../domain/event-id.js';
import type { Instrument } from '../../domain/instrument.js';
import type { DenialCode, RiskCheck, RiskDecision } from '../../domain/risk-decision.js';
import { err, ok, type Result } from '../../domain/result.js';
import { askRisk, decide } from '../../engines/execution/decide.js';
import type { Denied } from '../../engines/risk/approve.js';
import type { OrderIntent } from '../../engines/risk/order-intent.js';
import { FundsRefusedError, type LockedAccount } from '../../ports/trading-store.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { openBooks, type OpenBooks, type TradingDesk } from './books-by-hand.js';
import { readOrderRequest, type CreateOrderCommand, type OrderRequest } from './order-request.js';

/** What an order would come to, without placing it. Money and prices are decimal text of the engine's units. */
export interface OrderPreview {
  readonly approved: boolean;
  readonly checks: readonly RiskCheck[];
  /** Cents that would be set aside; 0 for a sale or a denial. */
  readonly reservedCents: number;
}

/** Places orders by hand: risk on the locked account, the order and its event in one transaction; trading fills it. */
export class CreateOrder {
  constructor(private readonly desk: TradingDesk) {}

  /**
   * Idempotent by (accountId, clientOrderId): the same input again answers the first order, another input is refused with
   * CLIENT_ORDER_ID_REUSED. A denial is stored as a risk decision, and nothing else is booked.
   */
  async execute(command: CreateOrderCommand): Promise<Result<{ readonly orderId: string }, Refusal>> {
    const read = await this.read(command);
    if (!read.ok) return read;
    const { instrument, request } = read.value;
    try {
      return await this.desk.unitOfWork.transaction((tx) => this.place(tx, command, instrument, request));
    } catch (error) {
      if (!(error instanceof FundsRefusedError)) throw error;
      return this.desk.unitOfWork.transaction((tx) => this.storeRefusal(tx, command, instrument, request));
    }
  }

  /** The same checks, without any effect. */
  async preview(command: CreateOrderCommand): Promise<Result<OrderPreview, Refusal>> {
    const read = await this.read(command);
    if (!read.ok) return read;
    const { instrument, request } = read.value;
    return this.desk.unitOfWork.transaction(async (tx) => {
      const locked = await this.desk.store.lock(tx, command.accountId);
      if (locked === null) return err(unknownAccount(command.accountId));
      const books = await openBooks(this.desk, tx, locked, [instrument]);
      const outcome = askRisk(books.draft, intentOf(command, request, books), books.now);
      const reservedCents = outcome.approved ? outcome.reservedCents : 0;
      return ok({ approved: outcome.approved, checks: outcome.checks, reservedCents });
    });
  }

  private async read(
    command: CreateOrderCommand,
  ): Promise<Result<{ readonly instrument: Instrument; readonly request: OrderRequest }, Refusal>> {
    const instrument = await this.desk.store.instrument(command.symbol);
    if (instrument === null) return err(unknownSymbol(command.symbol));
    const request = readOrderRequest(command, instrument);
    return request.ok ? ok({ instrument, request: request.value }) : request;
  }

  private async place(
    tx: Transaction,
    command: CreateOrderCommand,
    instrument: Instrument,
    request: OrderRequest,
  ): Promise<Result<{ readonly orderId: string }, Refusal>> {
    const { store, newId } = this.desk;
    const locked = await store.lock(tx, command.accountId);
    if (locked === null) return err(unknownAccount(command.accountId));
    const first = await store.orderByClientId(tx, command.accountId, command.clientOrderId);
    if (first !== null) {
      return first.inputDigest === request.digest ? ok({ orderId: first.orderId }) : err(reused(command.clientOrderId));
    }
    const books = await openBooks(this.desk, tx, locked, [instrument]);
    const intent = intentOf(command, request, books);
    const outcome = askRisk(books.draft, intent, books.now);
    decide(books.draft, intent, { nowMs: books.now, decisionId: newId(), status: 'PENDING' });
    if (outcome.approved) {
      await books.save({ inputDigest: request.digest });
      return ok({ orderId: intent.orderId });
    }
    await store.saveDecisions(tx, { events: books.draft.events, instruments: books.instruments });
    return err(deniedRefusal(outcome));
  }

  /** The database's own check refused what the engine had approved, and rolled it back: that is a denial too. */
  private async storeRefusal(
    tx: Transaction,
    command: CreateOrderCommand,
    instrument: Instrument,
    request: OrderRequest,
  ): Promise<Result<never, Refusal>> {
    const locked = await this.desk.store.lock(tx, command.accountId);
    if (locked === null) return err(unknownAccount(command.accountId));
    const decision = this.refusedByDatabase(command, request, locked);
    const instruments = new Map([[instrument.symbol, instrument]]);
    await this.desk.store.saveDecisions(tx, { events: [{ type: 'risk_decided', decision }], instruments });
    const code = decision.deniedCode ?? 'INSUFFICIENT_FUNDS';
    return err({
      code,
      message: `quantity: ${command.quantity} is more than the account has free`,
      path: ['input', 'quantity'],
    });
  }

  private refusedByDatabase(command: CreateOrderCommand, { lots }: OrderRequest, locked: LockedAccount): RiskDecision {
    const code = command.side === 'BUY' ? 'INSUFFICIENT_FUNDS' : 'INSUFFICIENT_POSITION';
    const check = {
      code,
      passed: false,
      limit: null,
      value: 'refused by check_available_funds',
      headroom: null,
    } as const;
    return {
      id: this.desk.newId(),
      accountId: command.accountId,
      symbol: command.symbol,
      side: command.side,
      lots,
      cause: 'MANUAL',
      approved: false,
      deniedCode: code,
      checks: [check],
      signalId: null,
      decidedAt: Math.max(this.desk.clock.now(), locked.asOf),
    };
  }
}

function intentOf(command: CreateOrderCommand, request: OrderRequest, { draft, now }: OpenBooks): OrderIntent {
  const reference = request.limitTicks ?? request.stopTicks ?? draft.markets.get(command.symbol)?.lastTicks ?? 0;
  return {
    orderId: naturalId('order-id', command.accountId, 'MANUAL', command.clientOrderId),
    clientOrderId: command.clientOrderId,
    symbol: command.symbol,
    side: command.side,
    orderType: command.orderType,
    timeInForce: command.timeInForce,
    cause: 'MANUAL',
    lots: request.lots,
    limitTicks: request.limitTicks,
    stopTicks: request.stopTicks,
    stopDistanceTicks: request.stopLossTicks === null ? null : reference - request.stopLossTicks,
    takeProfitDistanceTicks: request.takeProfitTicks === null ? null : request.takeProfitTicks - reference,
    signalId: null,
    signalTime: null,
    decidedAt: now,
  };
}

const unknownAccount = (accountId: string): Refusal => ({
  code: 'UNKNOWN_ACCOUNT',
  message: `accountId: there is no account "${accountId.slice(0, 100)}"`,
  path: ['input', 'accountId'],
  value: accountId.slice(0, 100),
});

const unknownSymbol = (symbol: string): Refusal => ({
  code: 'UNKNOWN_SYMBOL',
  message: `symbol: "${symbol.slice(0, 40)}" is not known here`,
  path: ['input', 'symbol'],
  value: symbol.slice(0, 40),
});

const reused = (clientOrderId: string): Refusal => ({
  code: 'CLIENT_ORDER_ID_REUSED',
  message: `clientOrderId: the account has an order "${clientOrderId}" with another input`,
  path: ['input', 'clientOrderId'],
  value: clientOrderId,
});

/** The part of the input that a denial speaks of; what is the account's state, or the market's, is nobody's input. */
const DENIED_FIELDS: Partial<Record<DenialCode, string>> = {
  QUANTITY_OUT_OF_RANGE: 'quantity',
  BELOW_MIN_NOTIONAL: 'quantity',
  INSUFFICIENT_FUNDS: 'quantity',
  INSUFFICIENT_POSITION: 'quantity',
  MAX_ORDER_NOTIONAL: 'quantity',
  MAX_POSITION: 'quantity',
  PRICE_OUT_OF_COLLAR: 'limitPrice',
  PROTECTION_NOT_APPLICABLE: 'stopLoss',
  PROTECTION_ON_WRONG_SIDE: 'stopLoss',
  NO_MARKET_DATA: 'symbol',
  STALE_DATA: 'symbol',
  NO_TRADED_VOLUME: 'symbol',
};

function deniedRefusal({ code, limit, value, headroom }: Denied): Refusal {
  const bound = limit === null ? '' : `, the limit is ${limit}`;
  const field = DENIED_FIELDS[code];
  const path = field === undefined ? ['input'] : ['input', field];
  return { code, message: `${field ?? 'order'}: ${code}: ${value}${bound}`, path, limit, value, headroom };
}
