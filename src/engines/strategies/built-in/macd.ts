import { macdSpec } from '../../indicators/macd.js';
import { defineStrategy } from '../strategy.js';
import { CrossRun } from './cross-run.js';
import { DIRECTION_PARAMETER, ENTRY_PARAMETERS, periodParameter } from './entry-parameters.js';
import { exponentialWarmUp } from './smoothing-warm-up.js';

export const macdStrategy = defineStrategy({
  name: 'macd',
  description: 'Buys when the MACD crosses above its signal line, sells when it crosses below.',
  parameters: {
    fast: periodParameter('Bars of the fast average', 12),
    slow: periodParameter('Bars of the slow average', 26),
    signal: periodParameter('Bars of the signal line', 9),
    direction: DIRECTION_PARAMETER,
    ...ENTRY_PARAMETERS,
  },
  checkTogether: ({ fast, slow }) => (fast < slow ? null : `fast (${fast}) must be below slow (${slow})`),
  // The signal line begins to average when the MACD has its first values.
  warmUpBars: ({ slow, signal }) => exponentialWarmUp(slow) + exponentialWarmUp(signal),
  create(setup, values) {
    const market = setup.market();
    const spec = macdSpec(values.fast, values.slow, values.signal);
    const crossing = market.crossing({ spec, output: 'macd' }, { spec, output: 'signal' });
    return new CrossRun(market, crossing, { ...values, exitOnCross: true });
  },
});
