import { defineStrategy, type Market } from '../../../src/engines/strategies/strategy.js';

/** A strategy of one symbol that calls `onBar` for each bar, counted from 0. */
export const strategyOf = (name: string, onBar: (bar: number, market: Market) => void) =>
  defineStrategy({
    name,
    description: 'A strategy of the tests',
    parameters: {},
    warmUpBars: () => 0,
    create(setup) {
      const market = setup.market();
      let bar = -1;
      return {
        onBar() {
          bar += 1;
          onBar(bar, market);
        },
      };
    },
  });
