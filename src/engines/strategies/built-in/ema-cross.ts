import { emaSpec } from '../../indicators/ema.js';
import { valueOf } from '../crossing.js';
import { defineStrategy } from '../strategy.js';
import { CrossRun } from './cross-run.js';
import { DIRECTION_PARAMETER, ENTRY_PARAMETERS, periodParameter } from './entry-parameters.js';
import { exponentialWarmUp } from './smoothing-warm-up.js';

export const emaCross = defineStrategy({
  name: 'ema-cross',
  description:
    'Buys when the fast exponential average of the closes crosses above the slow one, sells when it crosses below.',
  parameters: {
    fast: periodParameter('Bars of the fast average', 12),
    slow: periodParameter('Bars of the slow average', 26),
    direction: DIRECTION_PARAMETER,
    exitOnCross: {
      kind: 'BOOLEAN',
      description: 'Whether the opposite cross ends a position; else only its stop-loss or target does',
      default: true,
    },
    ...ENTRY_PARAMETERS,
  },
  checkTogether: ({ fast, slow }) => (fast < slow ? null : `fast (${fast}) must be below slow (${slow})`),
  warmUpBars: ({ slow }) => exponentialWarmUp(slow),
  create(setup, values) {
    const market = setup.market();
    return new CrossRun(market, market.crossing(valueOf(emaSpec(values.fast)), valueOf(emaSpec(values.slow))), values);
  },
});
