import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectApi, type ApiClient } from '../support/api-client.js';
import { events, Follower } from '../support/follower.js';
import type { BarsQuery, FillsQuery, OrderFieldsFragment, OrderQuery } from '../support/generated/sdk.js';
import { checkInvariants } from '../support/invariants.js';
import { eventually, startProgram, temporaryHome, type Home, type Program } from '../support/program.js';

const RULE = 'replay-ema-cross';
const BY_HAND = 'replay-manual';
const PAGE = 1000;
/** By the first exit everything before has been played and answered. A signal's time is its bar's close. */
const LOOKED_AT_UNTIL = '2016-01-03T16:10:00.000Z';

type BarNode = BarsQuery['bars']['edges'][number]['node'];
type FillNode = FillsQuery['fills']['edges'][number]['node'];
type OrderDetails = NonNullable<OrderQuery['order']>;

let home: Home;
let program: Program;
let api: ApiClient;
let orderUpdates: Follower<{ id: string; type: string; status: string; version: number }>;
let portfolios: Follower<{ timestamp: string; totalValue: string }>;

const nodes = <T>({ edges }: { readonly edges: readonly { readonly node: T }[] }): T[] => edges.map(({ node }) => node);
const sum = (values: readonly string[]): number => values.reduce((total, value) => total + Number(value), 0);
const quantityOf = (fills: readonly FillNode[]): number => sum(fills.map(({ quantity }) => quantity));
const valueOf = (fills: readonly FillNode[]): number =>
  fills.reduce((total, { price, quantity }) => total + Number(price) * Number(quantity), 0);

/** Oldest first, so that what is found first stays so while the replay goes on. */
const ordersOf = async (accountId: string): Promise<OrderFieldsFragment[]> =>
  nodes((await api.sdk.Orders({ accountId, first: PAGE })).orders).toSorted((a, b) =>
    a.createdAt.localeCompare(b.createdAt),
  );
const fillsOf = async (orderId: string): Promise<FillNode[]> =>
  nodes((await api.sdk.Fills({ orderId, first: PAGE })).fills);
const detailsOf = async (id: string): Promise<OrderDetails> => (await api.sdk.Order({ id })).order!;
const playedBars = async (): Promise<BarNode[]> => {
  const { platform } = await api.sdk.Platform();
  return nodes((await api.sdk.Bars({ symbol: 'BTC-USD', first: PAGE, from: platform.replay!.startsAt })).bars);
};

async function place(
  input: Partial<Parameters<ApiClient['sdk']['CreateOrder']>[0]['input']> & { clientOrderId: string },
) {
  const { createOrder } = await api.sdk.CreateOrder({
    input: { symbol: 'BTC-USD', side: 'BUY', quantity: '0.05', ...input },
  });
  expect(createOrder.errors).toEqual([]);
  return createOrder.order!;
}

const ended = (id: string, status: string) =>
  eventually(`${status} order`, async () => {
    const order = await detailsOf(id);
    return order.status === status && order;
  });

beforeAll(async () => {
  home = await temporaryHome();
  program = await startProgram({
    TRADEGRAPH_HOME: home.path,
    REPLAY_SPEED: '6',
    REPLAY_HOLD_SECONDS: '120',
    ML_EPOCHS: '1',
  });
  api = connectApi(program.url);
  orderUpdates = new Follower((sdk, after) =>
    events(sdk.OnOrderUpdates({ accountId: BY_HAND, after }), ({ orderUpdates: { cursor, type, order } }) => ({
      cursor,
      event: { id: order.id, type, status: order.status, version: order.version },
    })),
  );
  portfolios = new Follower((sdk, after) =>
    events(sdk.OnPortfolio({ accountId: BY_HAND, after }), ({ portfolio: { cursor, portfolio } }) => ({
      cursor,
      event: { timestamp: portfolio.timestamp, totalValue: portfolio.totalValue },
    })),
  );
  orderUpdates.attach(program.url);
  portfolios.attach(program.url);
  await eventually('the first replayed bars', async () => (await playedBars()).length >= 3, 60_000);
}, 120_000);

afterAll(async () => {
  await orderUpdates?.detach();
  await portfolios?.detach();
  await api?.close();
  await program?.end('SIGTERM');
  await home?.remove();
});

describe('orders by hand', () => {
  let market: OrderDetails;

  it('a market order fills at the open of the next bar, with slippage, half a spread and a fee', async () => {
    const placed = await place({ clientOrderId: 'market' });
    expect(placed).toMatchObject({ accountId: BY_HAND, orderType: 'MARKET', cause: 'MANUAL' });
    market = await ended(placed.id, 'FILLED');
    const [fill] = await fillsOf(placed.id);
    const next = (await playedBars()).find(({ timestamp }) => timestamp >= market.decidedAt)!;
    expect(fill).toMatchObject({ barTimestamp: next.timestamp, quantity: '0.05' });
    expect(Date.parse(fill!.timestamp)).toBeGreaterThanOrEqual(Date.parse(market.decidedAt));
    // 1 bp of slippage and 1 bp of spread against us, 25 bps of fee; to the tick and the cent.
    expect(Number(fill!.price)).toBeGreaterThanOrEqual(next.open * 1.0002 - 0.005);
    expect(Number(fill!.price)).toBeLessThanOrEqual(next.open * 1.0002 + 0.0101);
    expect(Number(fill!.fee)).toBeCloseTo(0.05 * Number(fill!.price) * 0.0025, 1);
    expect(Object.fromEntries(fill!.assumptions.map(({ name, value }) => [name, value]))).not.toEqual({});
    expect(market.riskDecision?.approved).toBe(true);
  });

  it('a limit order waits for its price and never pays more', async () => {
    const last = (await playedBars()).at(-1)!;
    const limitPrice = (last.close + 1).toFixed(2);
    const placed = await place({ clientOrderId: 'limit', orderType: 'LIMIT', limitPrice });
    await ended(placed.id, 'FILLED');
    for (const { price, timestamp } of await fillsOf(placed.id)) {
      expect(Number(price)).toBeLessThanOrEqual(Number(limitPrice));
      expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(Date.parse(placed.createdAt));
    }
  });

  it('a stop order sells when the market comes to its price', async () => {
    const last = (await playedBars()).at(-1)!;
    const placed = await place({
      clientOrderId: 'stop',
      side: 'SELL',
      orderType: 'STOP',
      stopPrice: (last.close + 0.5).toFixed(2),
    });
    const done = await ended(placed.id, 'FILLED');
    expect(Number(done.averageFillPrice)).toBeLessThanOrEqual(Number(placed.stopPrice));
    expect(sum((await fillsOf(placed.id)).map(({ quantity }) => quantity))).toBe(0.05);
  });

  it('an order far from the market rests, sets cash aside, and is canceled by its owner', async () => {
    const placed = await place({ clientOrderId: 'far', orderType: 'LIMIT', limitPrice: '300.00' });
    const resting = await ended(placed.id, 'ACCEPTED');
    expect(Number(resting.reservedCash)).toBeGreaterThanOrEqual(0.05 * 300);
    const { cancelOrder } = await api.sdk.CancelOrder({ id: placed.id });
    expect(cancelOrder).toMatchObject({ errors: [], order: { status: 'CANCELED', endReason: 'CANCELED_BY_USER' } });
    expect(Number((await detailsOf(placed.id)).reservedCash)).toBe(0);
    const again = (await api.sdk.CancelOrder({ id: placed.id })).cancelOrder;
    expect(again).toMatchObject({ errors: [{ code: 'ORDER_NOT_OPEN', status: 'CANCELED' }] });
  });

  it('orderUpdates shows every version of every order, in order; portfolio every market time', async () => {
    await eventually('the last update', async () => orderUpdates.seen.some(({ event }) => event.status === 'CANCELED'));
    const types = orderUpdates.seen.filter(({ event }) => event.id === market.id).map(({ event }) => event.type);
    expect(types[0]).toBe('CREATED');
    expect(types.at(-1)).toBe('FILLED');
    for (const { id, version } of await ordersOf(BY_HAND)) {
      const versions = orderUpdates.seen.filter(({ event }) => event.id === id).map(({ event }) => event.version);
      expect(versions).toEqual(Array.from({ length: version }, (_, index) => index + 1));
    }
    const times = portfolios.seen.map(({ event }) => event.timestamp);
    expect(times.length).toBeGreaterThan(5);
    expect(times).toEqual([...new Set(times)].toSorted());
  });
});

describe('the pipeline', () => {
  let entry: OrderFieldsFragment;

  it('the rule enters in parts, protected by a resting stop and target', async () => {
    entry = await eventually(
      'an entry that is filled in several parts',
      async () => {
        const found = (await ordersOf(RULE)).find(({ cause }) => cause === 'ENTRY');
        return found !== undefined && (await fillsOf(found.id)).length >= 3 && found;
      },
      60_000,
    );
    const fills = await fillsOf(entry.id);
    for (const { fee, price, quantity } of fills) {
      expect(Number(fee)).toBeGreaterThan(0);
      expect(Number(fee)).toBeCloseTo(Number(price) * Number(quantity) * 0.0025, 1);
    }
    const protection = (await ordersOf(RULE)).filter(({ status }) => status === 'ACCEPTED');
    const [stop, target] = [
      protection.find((o) => o.cause === 'STOP_LOSS'),
      protection.find((o) => o.cause === 'TAKE_PROFIT'),
    ];
    expect(Number(stop?.stopPrice)).toBeLessThan(Number(fills[0]!.price));
    expect(Number(target?.limitPrice)).toBeGreaterThan(Number(fills[0]!.price));
    expect(await detailsOf(stop!.id)).toMatchObject({ protectionMode: 'RESTING', side: 'SELL' });
  }, 90_000);

  it('every fill can be walked back to its order, risk checks, signal and costs in one query', async () => {
    const fills = nodes((await api.sdk.Provenance({ accountId: RULE, first: 100 })).fills);
    const fill = fills.find(({ order }) => order.id === entry.id);
    expect(fill).toMatchObject({
      side: 'BUY',
      order: {
        id: entry.id,
        cause: 'ENTRY',
        riskDecision: { approved: true },
        signal: { source: 'ema-cross', action: 'BUY' },
      },
    });
    expect(fill!.order.riskDecision!.checks.length).toBeGreaterThan(3);
    // The cross is known at its bar's close, and nothing fills before.
    expect(Date.parse(fill!.timestamp)).toBeGreaterThanOrEqual(Date.parse(fill!.order.signal!.timestamp));
  });

  it('its SELL closes the position', async () => {
    const exit = await eventually(
      'an exit by signal',
      async () => (await ordersOf(RULE)).find(({ cause, status }) => cause === 'EXIT_SIGNAL' && status === 'FILLED'),
      60_000,
    );
    const [bought, sold] = [await fillsOf(entry.id), await fillsOf(exit.id)];
    expect(quantityOf(sold)).toBeCloseTo(quantityOf(bought), 8);
    // Gross of fees, and booked to the cent with each part.
    const realized = sum(sold.map(({ realizedPnl }) => realizedPnl));
    expect(Math.abs(realized - (valueOf(sold) - valueOf(bought)))).toBeLessThan(0.01 * (bought.length + sold.length));
    const protection = (await ordersOf(RULE)).filter(({ cause }) => cause === 'STOP_LOSS' || cause === 'TAKE_PROFIT');
    const closed = { status: 'CANCELED', endReason: 'POSITION_CLOSED' };
    expect(protection.slice(0, 2)).toMatchObject([closed, closed]);
  }, 90_000);

  it('both sources answer every bar with exactly one signal at its close', async () => {
    const bars = (await playedBars()).filter(({ closeTime }) => closeTime < LOOKED_AT_UNTIL);
    const signals = nodes((await api.sdk.Signals({ first: PAGE, to: LOOKED_AT_UNTIL })).signals).toSorted((a, b) =>
      a.barTimestamp.localeCompare(b.barTimestamp),
    );
    expect(bars.length).toBeGreaterThan(30);
    for (const source of ['lstm', 'ema-cross']) {
      const ofSource = signals.filter((signal) => signal.source === source);
      expect(ofSource.map(({ barTimestamp }) => barTimestamp)).toEqual(bars.map(({ timestamp }) => timestamp));
      for (const { barTimestamp, timestamp, confidence } of ofSource) {
        expect(Date.parse(timestamp)).toBe(Date.parse(barTimestamp) + 60_000);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }
    }
    const model = signals.filter(({ source }) => source === 'lstm');
    expect(model.every(({ predictedPrice, kind }) => predictedPrice !== null && kind === 'MODEL')).toBe(true);
    const rule = signals.filter(({ source, action }) => source === 'ema-cross' && action === 'BUY');
    expect(rule[0]).toMatchObject({ barTimestamp: '2016-01-03T15:37:00.000Z', kind: 'STRATEGY' });
    expect(rule[0]!.stopLoss).toBeLessThan(rule[0]!.currentPrice);
    expect(rule[0]!.takeProfit).toBeGreaterThan(rule[0]!.currentPrice);
  });

  it('predicts and checks for anomalies by a model whose row says how good it is', async () => {
    const { predictPrice } = await api.sdk.PredictPrice({ symbol: 'BTC-USD' });
    expect(predictPrice).toMatchObject({ symbol: 'BTC-USD', timeframe: 'ONE_MINUTE', model: { version: 1 } });
    const { currentPrice, predictedPrice, expectedChange } = predictPrice;
    expect(expectedChange).toBeCloseTo((predictedPrice / currentPrice - 1) * 100, 9);
    const { detectAnomaly } = await api.sdk.DetectAnomaly({ symbol: 'BTC-USD' });
    expect(detectAnomaly.isAnomaly).toBe(detectAnomaly.anomalyScore < 0);
    expect(detectAnomaly.anomalyScore).toBeCloseTo(detectAnomaly.rawScore + 0.5, 9);
    const anomalies = nodes((await api.sdk.Anomalies({ first: 100 })).anomalies);
    expect(anomalies.length).toBeGreaterThan(0);
    expect(anomalies.every(({ anomalyScore }) => anomalyScore < 0)).toBe(true);
    const models = nodes((await api.sdk.Models({})).models);
    expect(models.map(({ kind, status }) => `${kind} ${status}`).toSorted()).toEqual([
      'ISOLATION_FOREST READY',
      'LSTM READY',
    ]);
    expect(models.find(({ kind }) => kind === 'LSTM')!.heldOutCount).toBeGreaterThan(100);
  });

  it('an account is worth what its last snapshot says, and its books add up', async () => {
    await eventually('portfolio and history of one market time', async () => {
      const { portfolio } = await api.sdk.Portfolio({ accountId: BY_HAND });
      const [last] = nodes((await api.sdk.PortfolioHistory({ accountId: BY_HAND, last: 1 })).portfolioHistory);
      if (last?.timestamp !== portfolio.timestamp) return false;
      const { timestamp, totalValue, cash, positionsValue, totalPnl, realizedPnl, unrealizedPnl, fees } = portfolio;
      expect(last).toEqual({ timestamp, totalValue, cash, positionsValue, totalPnl, realizedPnl, unrealizedPnl, fees });
      expect(Number(totalValue)).toBeCloseTo(Number(cash) + Number(positionsValue), 6);
      expect(Number(totalPnl)).toBeCloseTo(Number(totalValue) - 100_000, 6);
      expect(Number(fees)).toBeGreaterThan(0);
      return true;
    });
    expect(await checkInvariants(await home.database())).toEqual([]);
  });
});
