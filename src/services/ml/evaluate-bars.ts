import type { Anomaly } from '../../domain/anomaly.js';
import type { LoggedEvent, NewEvent } from '../../domain/events.js';
import type { Instrument } from '../../domain/instrument.js';
import type { Prediction } from '../../domain/model.js';
import { invariant } from '../../domain/result.js';
import type { Signal } from '../../domain/signal.js';
import { FOREST_BARS } from '../../engines/ml/forest-features.js';
import { PREDICTION_BARS } from '../../engines/ml/lstm-features.js';
import type { SignalSource } from '../../engines/signals/signal-source.js';
import type { BarStore, InstrumentStore } from '../../ports/bar-store.js';
import type { Effect, EventBatch } from '../../ports/event-bus.js';
import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import type { MlStore, ModelActivation } from '../../ports/ml-store.js';
import { NO_TRACING, type Tracing } from '../../ports/tracing.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { checkForAnomaly } from './anomaly-check.js';
import { anomalyOutcome, barReference, decisionOutcome, nothingSaid, type BarReference } from './bar-outcomes.js';
import type { LoadedModels } from './loaded-models.js';
import { ModelsInUse, toActivation, type ModelIds } from './models-in-use.js';
import { forecastPrices } from './price-forecasts.js';
import { RecentWindows } from './recent-windows.js';
import { placeOfBars, traceEvaluations, type EvaluationTimes } from './trace-evaluations.js';

export interface EvaluateBarsOptions {
  readonly bars: Pick<BarStore, 'lastBars'>;
  readonly instruments: Pick<InstrumentStore, 'instrument'>;
  readonly store: MlStore;
  readonly models: LoadedModels;
  /** Each answers every bar, in this order; names are unique. */
  readonly sources: readonly SignalSource[];
  /** Fees, spread and slippage of buying and selling again, as a fraction of the price. */
  readonly roundTripCosts: (instrument: Instrument) => number;
  /** Series whose last bars are kept in memory; one beyond them is read from the store for each of its bars. */
  readonly keptSeries?: number;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Off when left out. */
  readonly tracing?: Tracing;
}

/** 13 KB each with windows of 260 bars. */
const KEPT_SERIES = 10_000;

/** A bar with the models that were in use where it stands in the log. */
interface BarToEvaluate extends BarReference {
  readonly modelIds: ModelIds;
}

/** What a batch comes to: rows and events, in the order of its bars. */
interface Outcomes {
  readonly predictions: Prediction[];
  readonly signals: Signal[];
  readonly anomalies: Anomaly[];
  readonly events: NewEvent[];
  readonly times: Omit<EvaluationTimes, 'startMs'>;
}

/**
 * The ml service's handler of `market_data`. Every bar (revision 0) is answered by each signal source with exactly one
 * event, HOLD included, which is the watermark of its bar; corrections and history are answered with none. Windows end
 * at the event's bar, and the model is the one that was active at the event's place: handling a batch again, later or in
 * another process, gives the same answers (as long as no bar before it was corrected in between).
 */
export class EvaluateBars {
  private readonly windows: RecentWindows;
  /** By symbol; what costs follow from is never changed once an instrument is stored. */
  private readonly costs = new Map<string, number>();
  private readonly tracing: Tracing;

  constructor(private readonly options: EvaluateBarsOptions) {
    const names = options.sources.map((source) => source.name);
    if (new Set(names).size !== names.length) throw new RangeError(`signal sources share a name: ${names.join(', ')}`);
    this.tracing = options.tracing ?? NO_TRACING;
    const lookback = Math.max(PREDICTION_BARS, FOREST_BARS, ...options.sources.map((source) => source.lookback));
    this.windows = new RecentWindows(options.bars, lookback, options.keptSeries ?? KEPT_SERIES);
  }

  /** For `EventBus.consume`. Writes nothing; the effect does. Throws what stores and the predictor throw. */
  readonly handle = async (batch: EventBatch<'market_data'>): Promise<Effect> => {
    const { store } = this.options;
    const startMs = this.tracing.now();
    const { bars, activations } = await this.plan(batch);
    const within = placeOfBars(this.tracing, bars);
    const outcomes = await within(() => this.evaluate(batch, bars));
    return async (tx) => {
      await store.saveActivations(tx, activations);
      await store.savePredictions(tx, outcomes.predictions);
      await store.saveSignals(tx, outcomes.signals);
      await store.saveAnomalies(tx, outcomes.anomalies);
      for (const event of outcomes.events) tx.append(event);
      tx.onCommit(() => {
        within(() => this.report(bars.length, activations, outcomes));
        if (!this.tracing.isOn) return;
        traceEvaluations(this.tracing, { bars, signals: outcomes.signals, times: { startMs, ...outcomes.times } });
      });
    };
  };

  /**
   * For `EventBus.consume`: a bar that keeps failing is answered with EVALUATION_FAILED by every source, or the time
   * slice that waits for it would wait for ever. Nothing is traded on it.
   */
  readonly answerDeadLetter = async (tx: Transaction, event: LoggedEvent, reason: string): Promise<void> => {
    if (event.topic !== 'market_data' || event.type !== 'bar' || event.payload.revision !== 0) return;
    const bar = barReference(event.payload);
    for (const { name } of this.options.sources) tx.append(nothingSaid(name, bar, 'EVALUATION_FAILED'));
    const { metrics, logger } = this.options;
    tx.onCommit(() => {
      metrics.count('tradegraph_ml_evaluations_failed_total');
      logger.error({ symbol: bar.symbol, barTimestamp: bar.timestamp, reason }, 'a bar could not be evaluated');
    });
  };

  /** Walks the batch in order: which bars are to be evaluated, each with the models in use at its place. */
  private async plan(
    batch: EventBatch<'market_data'>,
  ): Promise<{ readonly bars: readonly BarToEvaluate[]; readonly activations: readonly ModelActivation[] }> {
    const [first] = batch.events;
    if (first === undefined) return { bars: [], activations: [] };
    const symbols = [...new Set(batch.events.map((event) => event.payload.symbol))];
    const inUse = new ModelsInUse(await this.options.store.activationsBefore(first, symbols));
    const bars: BarToEvaluate[] = [];
    const activations: ModelActivation[] = [];
    for (const event of batch.events) {
      if (event.type === 'model_activated') {
        const activation = toActivation(event);
        // A model that cannot run is refused here: its event goes to the dead letters and the one before stays in use.
        await this.load(activation);
        inUse.activate(activation);
        activations.push(activation);
      } else if (event.type === 'bar' && event.payload.revision === 0) {
        const bar = barReference(event.payload);
        bars.push({ ...bar, modelIds: inUse.of(bar.symbol, bar.timeframe) });
      }
    }
    return { bars, activations };
  }

  private async load({ kind, modelId }: ModelActivation): Promise<void> {
    if (kind === 'LSTM') await this.options.models.priceModel(modelId);
    else await this.options.models.forest(modelId);
  }

  private async evaluate(batch: EventBatch<'market_data'>, bars: readonly BarToEvaluate[]): Promise<Outcomes> {
    const { models, sources } = this.options;
    const times = { featuresMs: this.tracing.now(), predictMs: 0, decideMs: 0, decidedMs: 0 };
    const outcomes: Outcomes = { predictions: [], signals: [], anomalies: [], events: [], times };
    const windows = await this.windows.of(batch);
    const evaluations = bars.flatMap((bar, index) => {
      const window = windows[index];
      return window === undefined ? [] : [{ bar, window, closeTime: bar.closeTime, modelId: bar.modelIds.price }];
    });
    times.predictMs = this.tracing.now();
    const forecasts = await forecastPrices(models, evaluations);
    times.decideMs = this.tracing.now();
    for (const [index, { bar, window }] of evaluations.entries()) {
      const forecast = forecasts[index] ?? null;
      if (forecast?.prediction) outcomes.predictions.push(forecast.prediction);
      const roundTripCosts = await this.costsOf(bar.symbol);
      for (const source of sources) {
        const said = source.kind === 'MODEL' ? (forecast?.forecast ?? null) : null;
        const decision = source.decide(window, { forecast: said, roundTripCosts });
        const { event, signal } = decisionOutcome(source, bar, decision, forecast);
        outcomes.events.push(event);
        if (signal !== null) outcomes.signals.push(signal);
      }
      if (bar.modelIds.anomaly === null) continue;
      const check = checkForAnomaly(await models.forest(bar.modelIds.anomaly), window);
      const found = check === null ? null : anomalyOutcome(bar, bar.modelIds.anomaly, check);
      if (found === null) continue;
      outcomes.anomalies.push(found.anomaly);
      outcomes.events.push(found.event);
    }
    times.decidedMs = this.tracing.now();
    return outcomes;
  }

  private async costsOf(symbol: string): Promise<number> {
    const known = this.costs.get(symbol);
    if (known !== undefined) return known;
    const instrument = await this.options.instruments.instrument(symbol);
    invariant(instrument !== null, `the instrument of ${symbol} is stored before its bars`);
    const costs = this.options.roundTripCosts(instrument);
    this.costs.set(symbol, costs);
    return costs;
  }

  private report(barCount: number, activations: readonly ModelActivation[], outcomes: Outcomes): void {
    const { logger, metrics } = this.options;
    metrics.count('tradegraph_ml_bars_evaluated_total', {}, barCount);
    metrics.count('tradegraph_ml_anomalies_total', {}, outcomes.anomalies.length);
    for (const { source, action } of outcomes.signals) metrics.count('tradegraph_ml_signals_total', { source, action });
    for (const { kind, symbol, timeframe, modelId } of activations) {
      logger.info({ kind, symbol, timeframe, modelId }, 'model in use');
    }
  }
}
