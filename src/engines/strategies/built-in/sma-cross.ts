import { smaSpec } from '../../indicators/sma.js';
import { valueOf } from '../crossing.js';
import { defineStrategy } from '../strategy.js';
import { CrossRun } from './cross-run.js';
import { DIRECTION_PARAMETER, ENTRY_PARAMETERS, periodParameter } from './entry-parameters.js';

export const smaCross = defineStrategy({
  name: 'sma-cross',
  description:
    'Buys when the fast simple average of the closes crosses above the slow one, sells when it crosses below.',
  parameters: {
    fast: periodParameter('Bars of the fast average', 10),
    slow: periodParameter('Bars of the slow average', 20),
    direction: DIRECTION_PARAMETER,
    exitOnCross: {
      kind: 'BOOLEAN',
      description: 'Whether the opposite cross ends a position; else only its stop-loss or target does',
      default: true,
    },
    ...ENTRY_PARAMETERS,
  },
  checkTogether: ({ fast, slow }) => (fast < slow ? null : `fast (${fast}) must be below slow (${slow})`),
  warmUpBars: ({ slow }) => slow,
  create(setup, values) {
    const market = setup.market();
    return new CrossRun(market, market.crossing(valueOf(smaSpec(values.fast)), valueOf(smaSpec(values.slow))), values);
  },
});
