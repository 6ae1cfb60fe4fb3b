import { defineStrategy, type Market } from '../strategy.js';

export const buyAndHold = defineStrategy({
  name: 'buy-and-hold',
  description: 'Buys every symbol at the first decision, in equal parts, and holds.',
  parameters: {
    sizePct: {
      kind: 'NUMBER',
      description: 'Percent of equity that all symbols together take',
      default: 100,
      min: 0.01,
      max: 100,
    },
  },
  warmUpBars: () => 0,
  create({ symbols, market }, { sizePct }) {
    const unbought: Market[] = symbols.map((symbol) => market(symbol));
    const order = { sizePct: sizePct / symbols.length };
    return {
      onBar() {
        for (const each of unbought) each.buy(order);
        unbought.length = 0;
      },
    };
  },
});
