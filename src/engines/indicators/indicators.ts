import { adlSpec } from './adl.js';
import { adxSpec } from './adx.js';
import { almaSpec } from './alma.js';
import { aroonSpec } from './aroon.js';
import { atrStopSpec } from './atr-stop.js';
import { atrSpec } from './atr.js';
import { awesomeOscillatorSpec } from './awesome-oscillator.js';
import { bollingerSpec } from './bollinger.js';
import { cciSpec } from './cci.js';
import { chaikinMoneyFlowSpec } from './chaikin-money-flow.js';
import { chaikinOscillatorSpec } from './chaikin-oscillator.js';
import { choppinessSpec } from './choppiness.js';
import { cmoSpec } from './cmo.js';
import { demaSpec } from './dema.js';
import { donchianSpec } from './donchian.js';
import { emaSpec } from './ema.js';
import { heikinAshiSpec } from './heikin-ashi.js';
import { highestSpec, lowestSpec } from './highest-lowest.js';
import { hmaSpec } from './hma.js';
import { kamaSpec } from './kama.js';
import { keltnerSpec } from './keltner.js';
import { linearRegressionSpec } from './linear-regression.js';
import { macdSpec } from './macd.js';
import { mfiSpec } from './mfi.js';
import { momentumSpec } from './momentum.js';
import { obvSpec } from './obv.js';
import { parabolicSarSpec } from './parabolic-sar.js';
import { pmoSpec } from './pmo.js';
import { rocSpec } from './roc.js';
import { standardDeviationSpec } from './rolling-standard-deviation.js';
import { rsiSpec } from './rsi.js';
import { smaSpec } from './sma.js';
import { smmaSpec } from './smma.js';
import { stochasticRsiSpec } from './stochastic-rsi.js';
import { fastStochasticSpec, stochasticSpec } from './stochastic.js';
import { superTrendSpec } from './super-trend.js';
import { temaSpec } from './tema.js';
import { trixSpec } from './trix.js';
import { trueRangeSpec } from './true-range.js';
import { tsiSpec } from './tsi.js';
import { ulcerIndexSpec } from './ulcer-index.js';
import { ultimateOscillatorSpec } from './ultimate-oscillator.js';
import { vortexSpec } from './vortex.js';
import { vwapSpec } from './vwap.js';
import { vwmaSpec } from './vwma.js';
import { williamsRSpec } from './williams-r.js';
import { wmaSpec } from './wma.js';

/**
 * All indicators, as a strategy asks for them: `market.indicator(indicators.sma(20))`,
 * `market.indicators(indicators.macd())`. The last argument of those over one series is the field they read, the close
 * by default. Settings, outputs and warm-up are listed in docs/indicators.md.
 */
export const indicators = {
  adl: adlSpec,
  adx: adxSpec,
  alma: almaSpec,
  aroon: aroonSpec,
  atr: atrSpec,
  atrStop: atrStopSpec,
  awesomeOscillator: awesomeOscillatorSpec,
  bollinger: bollingerSpec,
  cci: cciSpec,
  chaikinMoneyFlow: chaikinMoneyFlowSpec,
  chaikinOscillator: chaikinOscillatorSpec,
  choppiness: choppinessSpec,
  cmo: cmoSpec,
  dema: demaSpec,
  donchian: donchianSpec,
  ema: emaSpec,
  fastStochastic: fastStochasticSpec,
  heikinAshi: heikinAshiSpec,
  highest: highestSpec,
  hma: hmaSpec,
  kama: kamaSpec,
  keltner: keltnerSpec,
  linearRegression: linearRegressionSpec,
  lowest: lowestSpec,
  macd: macdSpec,
  mfi: mfiSpec,
  momentum: momentumSpec,
  obv: obvSpec,
  parabolicSar: parabolicSarSpec,
  pmo: pmoSpec,
  roc: rocSpec,
  rsi: rsiSpec,
  sma: smaSpec,
  smma: smmaSpec,
  standardDeviation: standardDeviationSpec,
  stochastic: stochasticSpec,
  stochasticRsi: stochasticRsiSpec,
  superTrend: superTrendSpec,
  tema: temaSpec,
  trix: trixSpec,
  trueRange: trueRangeSpec,
  tsi: tsiSpec,
  ulcerIndex: ulcerIndexSpec,
  ultimateOscillator: ultimateOscillatorSpec,
  vortex: vortexSpec,
  vwap: vwapSpec,
  vwma: vwmaSpec,
  williamsR: williamsRSpec,
  wma: wmaSpec,
} as const;
