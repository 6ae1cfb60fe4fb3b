import { defineStrategy, indicators } from 'tradegraph/strategy';

export default defineStrategy({
  name: 'turtle-breakout',
  description: 'Buys above the highest high of the last days, sells below the lowest low of fewer; a stop at two ATR.',
  parameters: {
    entry: { kind: 'INTEGER', description: 'Bars of the high to break', default: 20, min: 2, max: 500 },
    exit: { kind: 'INTEGER', description: 'Bars of the low to break', default: 10, min: 2, max: 500 },
    stopAtr: { kind: 'NUMBER', description: 'Distance of the stop in ATR', default: 2, min: 0.1, max: 20 },
  },
  warmUpBars: ({ entry, exit }) => Math.max(entry, exit, 20) + 1,
  create: (setup, { entry, exit, stopAtr }) => {
    const market = setup.market();
    const highest = market.indicator(indicators.highest(entry));
    const lowest = market.indicator(indicators.lowest(exit));
    const atr = market.indicator(indicators.atr(20));
    return {
      onBar() {
        const close = market.close.now;
        // The bar itself is part of the window: the break is measured against the one before.
        if (market.positionSize === 0 && close > highest.ago(1)) market.buy({ stopLoss: close - stopAtr * atr.now });
        else if (market.positionSize > 0 && close < lowest.ago(1)) market.exit();
      },
    };
  },
});
