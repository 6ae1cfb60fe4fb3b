import { rsiSpec } from '../../indicators/rsi.js';
import { defineStrategy } from '../strategy.js';
import { DIRECTION_PARAMETER, ENTRY_PARAMETERS, entryRequest, periodParameter } from './entry-parameters.js';
import { wilderWarmUp } from './smoothing-warm-up.js';

const level = (description: string, value: number) =>
  ({ kind: 'NUMBER', description, default: value, min: 0, max: 100 }) as const;

export const rsiReversion = defineStrategy({
  name: 'rsi-reversion',
  description:
    'Buys while the RSI is oversold, and is out again once it is back at the exit level; with direction both it sells short while overbought.',
  parameters: {
    period: periodParameter('Bars of the RSI', 14),
    oversold: level('Buys below this RSI', 30),
    overbought: level('Sells short above this RSI', 70),
    exitLevel: level('A position ends when the RSI is back at this level', 50),
    direction: DIRECTION_PARAMETER,
    ...ENTRY_PARAMETERS,
  },
  checkTogether: ({ oversold, exitLevel, overbought }) =>
    oversold < exitLevel && exitLevel < overbought
      ? null
      : `oversold (${oversold}), exitLevel (${exitLevel}) and overbought (${overbought}) must ascend`,
  warmUpBars: ({ period }) => wilderWarmUp(period),
  create(setup, values) {
    const market = setup.market();
    const rsi = market.indicator(rsiSpec(values.period));
    const { oversold, overbought, exitLevel } = values;
    const goesShort = values.direction === 'both';
    return {
      onBar() {
        const now = rsi.now;
        const held = market.positionSize;
        if (held > 0 ? now >= exitLevel : held < 0 && now <= exitLevel) market.exit();
        else if (held !== 0) return;
        else if (now < oversold) market.buy(entryRequest(1, market.close.now, values));
        else if (goesShort && now > overbought) market.sell(entryRequest(-1, market.close.now, values));
      },
    };
  },
});
