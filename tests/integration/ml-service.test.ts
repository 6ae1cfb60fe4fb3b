import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BITCOIN, MINUTE_MS, SOME_MINUTE } from '../support/bars.js';
import {
  activatedEvent,
  barEvent,
  calmBars,
  forestArtifact,
  makeModel,
  MlServiceUnderTest,
} from '../support/ml-service.js';

/** The averages cross above within the forty bars after it. */
const HISTORY = 280;
const history = calmBars(HISTORY);
/** The bars that the tests handle come after the history. */
const news = calmBars(HISTORY + 40).slice(HISTORY);

let service: MlServiceUnderTest;
beforeAll(async () => {
  service = await MlServiceUnderTest.start();
});
beforeEach(async () => {
  await service.clear();
  await service.storeBars([...history, ...news]);
});
afterAll(() => service.close());

/** What each source said, oldest first: `HOLD NO_SKILL`, `NO_MODEL`. */
async function said(source: string): Promise<string[]> {
  const events = await service.appended('trading_signals');
  return events
    .filter(({ payload }) => payload['source'] === source)
    .map(({ type, payload }) =>
      type === 'signal' ? `${payload['action']} ${payload['reason']}` : `${payload['reason']}`,
    );
}

describe('the ml service', () => {
  it('answers each bar once for each source, and makes no signal up while no model is in use', async () => {
    await service.handle(news.map((bar) => barEvent(bar)));
    expect(await said('lstm')).toEqual(news.map(() => 'NO_MODEL'));
    const crossed = await said('ema-cross');
    expect(crossed).toHaveLength(news.length);
    expect(crossed.filter((text) => text !== 'HOLD NO_CROSS')).toEqual(['BUY CROSSED_ABOVE']);
    const rows = await service.rows();
    expect(rows['trading_signals']).toHaveLength(news.length);
    expect([rows['predictions'], rows['anomalies'], service.predictor.batchSizes]).toEqual([[], [], []]);
  });

  it('stamps a signal with the close time of its bar and the settings it was made with', async () => {
    await service.handle([barEvent(news[0]!)]);
    const { payload, event_id: eventId } = (await service.appended('trading_signals'))[1]!;
    expect(payload).toMatchObject({
      signal_id: eventId,
      source: 'ema-cross',
      timestamp: new Date(news[0]!.closeTime).toISOString(),
      bar_timestamp: new Date(news[0]!.timestamp).toISOString(),
      current_price: news[0]!.close,
      settings: { fastPeriod: 12, slowPeriod: 26, roundTripCosts: 0.0054 },
    });
  });

  it('comes to the same rows and events when a batch is handled twice', async () => {
    const price = await service.storeModel(makeModel(), 0.001);
    const anomaly = await service.storeModel(makeModel({ kind: 'ISOLATION_FOREST' }), forestArtifact(history));
    const events = [activatedEvent(price), activatedEvent(anomaly), ...news.map((bar) => barEvent(bar))];
    await service.handle(events);
    const rows = await service.rows();
    const signals = await service.appended('trading_signals');
    const anomalies = await service.appended('anomalies');
    expect(rows['predictions']).toHaveLength(news.length);
    await service.handle(events);
    expect(await service.rows()).toEqual(rows);
    expect(await service.appended('trading_signals')).toEqual(signals);
    expect(await service.appended('anomalies')).toEqual(anomalies);
  });

  it('never sees ahead: one batch with all bars stored says what bar by bar said', async () => {
    const few = news.slice(0, 15);
    const price = await service.storeModel(makeModel(), 0.02);
    const anomaly = await service.storeModel(makeModel({ kind: 'ISOLATION_FOREST' }), forestArtifact(history));
    const models = [activatedEvent(price), activatedEvent(anomaly)];
    await service.handle([...models, ...few.map((bar) => barEvent(bar))]);
    const atOnce = { signals: await service.appended('trading_signals'), rows: await service.rows() };
    expect(service.predictor.batchSizes).toEqual([few.length]);

    await service.forgetAnswers();
    await service.empty('model_activations', 'market_data');
    await service.storeBars(history);
    await service.handle(models);
    for (const [i, bar] of few.entries()) {
      await service.storeBars([bar]);
      await service.handle([barEvent(bar)], 2 + i);
    }
    expect(await service.appended('trading_signals')).toEqual(atOnce.signals);
    expect(await service.rows()).toEqual(atOnce.rows);
  });

  it('holds with NO_SKILL when the model did not beat the last price, and keeps the prediction as evidence', async () => {
    const price = await service.storeModel(makeModel({ skill: -0.02 }), 0.5);
    await service.handle([activatedEvent(price), barEvent(news[0]!)]);
    expect(await said('lstm')).toEqual(['HOLD NO_SKILL']);
    const { predictions, trading_signals: signals } = await service.rows();
    expect(predictions).toMatchObject([
      { model_id: price.id, current_price: news[0]!.close, predicted_price: news[0]!.close * Math.exp(0.5) },
    ]);
    expect(signals).toContainEqual(
      expect.objectContaining({
        source: 'lstm',
        model_id: price.id,
        prediction_id: (predictions![0] as { id: string }).id,
      }),
    );
  });

  it('buys on a skilled prediction past volatility and costs, with stop and target as prices and distances', async () => {
    const price = await service.storeModel(makeModel(), 0.05);
    await service.handle([activatedEvent(price), barEvent(news[0]!)]);
    const buy = (await service.appended('trading_signals')).find(
      ({ payload }) => payload['source'] === 'lstm',
    )!.payload;
    expect(buy).toMatchObject({
      action: 'BUY',
      reason: 'PREDICTED_RISE',
      settings: { skill: 0.3, volatilityMultiple: 1 },
    });
    const close = news[0]!.close;
    expect(Number(buy['stop_loss'])).toBe(close - Number(buy['stop_distance']));
    expect(Number(buy['take_profit'])).toBe(close + Number(buy['take_profit_distance']));
    expect(Number(buy['confidence'])).toBeGreaterThan(0);
  });

  it('uses each model from its place in the order on, after a restart and when a batch comes again too', async () => {
    const first = await service.storeModel(makeModel(), 0.05);
    const second = await service.storeModel(makeModel({ version: 2 }), -0.05);
    const bars = news.slice(0, 5).map((bar) => barEvent(bar));
    const [one, two, three, four, five] = bars as [never, never, never, never, never];
    await service.handle([one, activatedEvent(first), two, activatedEvent(second), three], 0);
    await service.handle([four, five], 5);
    const expected = [
      'NO_MODEL',
      'BUY PREDICTED_RISE',
      'SELL PREDICTED_FALL',
      'SELL PREDICTED_FALL',
      'SELL PREDICTED_FALL',
    ];
    expect(await said('lstm')).toEqual(expected);

    // The same places once more, the later activations being known by now.
    await service.forgetAnswers();
    await service.handle([one], 0);
    await service.handle([two], 2);
    await service.handle([three, four, five], 4);
    expect(await said('lstm')).toEqual(expected);
  });

  it('answers corrections, history and the end of a series with nothing', async () => {
    const [bar] = news;
    await service.handle([
      barEvent(bar!, 1),
      {
        topic: 'market_data',
        type: 'history_loaded',
        key: BITCOIN.symbol,
        eventId: '00000000-0000-5000-8000-000000000001',
        payload: {
          symbol: BITCOIN.symbol,
          timeframe: 'ONE_MINUTE',
          from: '2024-03-05T14:30:00.000Z',
          to: '2024-03-05T15:30:00.000Z',
          rows: 60,
        },
      },
      {
        topic: 'market_data',
        type: 'series_ended',
        key: BITCOIN.symbol,
        eventId: '00000000-0000-5000-8000-000000000002',
        payload: {
          symbol: BITCOIN.symbol,
          timeframe: 'ONE_MINUTE',
          timestamp: '2024-03-05T15:30:00.000Z',
          reason: 'REPLAY_OVER',
        },
      },
    ]);
    expect(await service.appended('trading_signals')).toEqual([]);
  });

  it('says TOO_FEW_BARS at the start of a series', async () => {
    const price = await service.storeModel(makeModel(), 0.05);
    await service.handle([activatedEvent(price), barEvent(history[10]!), barEvent(news[0]!)]);
    expect(await said('lstm')).toEqual(['TOO_FEW_BARS', 'BUY PREDICTED_RISE']);
    expect((await said('ema-cross'))[0]).toBe('TOO_FEW_BARS');
  });

  it('evaluates a bar far behind the others of its batch with the bars before it', async () => {
    await service.handle([barEvent(history[200]!), barEvent(news[39]!)]);
    const both = await service.appended('trading_signals');
    await service.forgetAnswers();
    await service.handle([barEvent(history[200]!)]);
    await service.handle([barEvent(news[39]!)], 1);
    expect(await service.appended('trading_signals')).toEqual(both);
  });

  it('records an anomaly of a bar that stands out, once, with its type and severity', async () => {
    const anomaly = await service.storeModel(makeModel({ kind: 'ISOLATION_FOREST' }), forestArtifact(history));
    const [calm, next] = news;
    const spike = { ...next!, high: next!.high * 1.05, close: next!.high * 1.05, volume: 900 };
    await service.storeBars([spike]);
    await service.handle([activatedEvent(anomaly), barEvent(spike)]);
    const events = await service.appended('anomalies');
    expect(events).toHaveLength(1);
    const { payload } = events[0]!;
    expect(payload).toMatchObject({
      model_id: anomaly.id,
      anomaly_type: 'PRICE_SPIKE',
      timestamp: new Date(spike.closeTime).toISOString(),
    });
    expect(payload['anomaly_score']).toBeLessThan(-0.05);
    expect(Number(payload['raw_score'])).toBeCloseTo(Number(payload['anomaly_score']) - 0.5, 12);
    expect((await service.rows())['anomalies']).toMatchObject([
      { anomaly_type: 'PRICE_SPIKE', id: payload['anomaly_id'] },
    ]);
    expect(calm!.timestamp).toBe(SOME_MINUTE + HISTORY * MINUTE_MS);
  });

  it('refuses to activate a model that cannot run, so that its event goes to the dead letters', async () => {
    const broken = await service.storeModel(makeModel(), 'broken');
    await expect(service.handle([activatedEvent(broken)])).rejects.toThrow('not a model');
    const forest = await service.storeModel(makeModel({ kind: 'ISOLATION_FOREST' }), 'broken');
    await expect(service.handle([activatedEvent(forest)])).rejects.toThrow(/isolation forest/i);
    await expect(service.handle([activatedEvent(makeModel({ version: 9 }))])).rejects.toThrow(/not in the database/);
    await service.handle([barEvent(news[0]!)], 3);
    expect(await said('lstm')).toEqual(['NO_MODEL']);
  });

  it('writes nothing when the predictor fails, and everything when it is asked again', async () => {
    const price = await service.storeModel(makeModel(), 0.05);
    const handler = service.freshHandler();
    const events = [activatedEvent(price), barEvent(news[0]!)];
    service.predictor.fault = new Error('the worker crashed');
    await expect(service.handle(events, 0, handler)).rejects.toThrow('the worker crashed');
    expect((await service.rows())['model_activations']).toEqual([]);
    await service.handle(events, 0, handler);
    expect(await said('lstm')).toEqual(['BUY PREDICTED_RISE']);
  });

  it('takes a model that answers no number for none', async () => {
    const price = await service.storeModel(makeModel(), NaN);
    await service.handle([activatedEvent(price), barEvent(news[0]!)]);
    expect(await said('lstm')).toEqual(['NO_MODEL']);
    expect((await service.rows())['predictions']).toEqual([]);
  });
});
