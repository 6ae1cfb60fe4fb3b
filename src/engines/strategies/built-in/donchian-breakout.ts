import { donchianSpec } from '../../indicators/donchian.js';
import { defineStrategy } from '../strategy.js';
import { DIRECTION_PARAMETER, ENTRY_PARAMETERS, entryRequest, periodParameter } from './entry-parameters.js';

export const donchianBreakout = defineStrategy({
  name: 'donchian-breakout',
  description:
    'Buys a close above the highest high of the bars before, sells one below their lowest low over a shorter time: the turtles. With direction both it trades the mirror image as well.',
  parameters: {
    entry: periodParameter('Bars before, whose range a close must leave for an entry', 20),
    exit: periodParameter('Bars before, whose range a close must leave to end a position', 10),
    direction: DIRECTION_PARAMETER,
    ...ENTRY_PARAMETERS,
  },
  warmUpBars: ({ entry, exit }) => Math.max(entry, exit),
  create(setup, values) {
    const market = setup.market();
    const entry = market.indicators(donchianSpec(values.entry));
    const exit = market.indicators(donchianSpec(values.exit));
    const goesShort = values.direction === 'both';
    return {
      onBar() {
        const close = market.close.now;
        const held = market.positionSize;
        if (held <= 0 && close > entry.upper.now) market.buy(entryRequest(1, close, values));
        else if (goesShort && held >= 0 && close < entry.lower.now) market.sell(entryRequest(-1, close, values));
        else if (held > 0 ? close < exit.lower.now : held < 0 && close > exit.upper.now) market.exit();
      },
    };
  },
});
