import { bollingerSpec } from '../../indicators/bollinger.js';
import { defineStrategy } from '../strategy.js';
import { DIRECTION_PARAMETER, ENTRY_PARAMETERS, entryRequest, periodParameter } from './entry-parameters.js';

export const bollingerReversion = defineStrategy({
  name: 'bollinger-reversion',
  description:
    'Buys a close below the lower Bollinger band, and is out again at the middle; with direction both it sells short above the upper band.',
  parameters: {
    period: { ...periodParameter('Bars of the bands', 20), min: 2 },
    deviations: {
      kind: 'NUMBER',
      description: 'Standard deviations from the middle to a band',
      default: 2,
      min: 0.1,
      max: 10,
    },
    direction: DIRECTION_PARAMETER,
    ...ENTRY_PARAMETERS,
  },
  warmUpBars: ({ period }) => period - 1,
  create(setup, values) {
    const market = setup.market();
    const { upper, middle, lower } = market.indicators(bollingerSpec(values.period, values.deviations));
    const goesShort = values.direction === 'both';
    return {
      onBar() {
        const close = market.close.now;
        const held = market.positionSize;
        if (held > 0 ? close >= middle.now : held < 0 && close <= middle.now) market.exit();
        else if (held !== 0) return;
        else if (close < lower.now) market.buy(entryRequest(1, close, values));
        else if (goesShort && close > upper.now) market.sell(entryRequest(-1, close, values));
      },
    };
  },
});
