import * as fc from 'fast-check';
import type { BarSeries } from '../../src/domain/bar.js';
import { defineStrategy, type OrderRequest, type StrategyDefinition } from '../../src/engines/strategies/strategy.js';
import { seriesOf } from './native-backtest.js';
import { DAY_MS } from './scripted-backtest.js';

export type ListedDecision =
  { readonly kind: 'BUY' | 'SELL'; readonly request: OrderRequest } | { readonly kind: 'EXIT' };

/** Does at the bar of an index what a list says, from bar `warmUpBars` on. */
export const listedStrategy = (decisions: ReadonlyMap<number, ListedDecision>, warmUpBars = 1): StrategyDefinition =>
  defineStrategy({
    name: 'listed',
    description: 'Does what a list says.',
    parameters: {},
    warmUpBars: () => warmUpBars,
    create(setup) {
      const market = setup.market();
      return {
        onBar() {
          const decision = decisions.get(market.barCount - 1);
          if (decision?.kind === 'BUY') market.buy(decision.request);
          if (decision?.kind === 'SELL') market.sell(decision.request);
          if (decision?.kind === 'EXIT') market.exit();
        },
      };
    },
  });

const move = fc.record({
  gap: fc.integer({ min: -300, max: 300 }),
  move: fc.integer({ min: -300, max: 300 }),
  up: fc.integer({ min: 0, max: 100 }),
  down: fc.integer({ min: 0, max: 100 }),
});

const within = (ticks: number) => Math.min(14_000, Math.max(6_000, ticks));

/** Daily bars of AAPL from 2024 on, between 50 and 150, with more volume than anybody asks for. */
export const randomWalk = fc.array(move, { minLength: 20, maxLength: 50 }).map((moves): BarSeries => {
  let last = 10_000;
  const rows = moves.map((each, index) => {
    const open = within(last + each.gap);
    last = within(open + each.move);
    return {
      timestamp: Date.UTC(2024, 0, 1) + index * DAY_MS,
      open: open / 100,
      high: (Math.max(open, last) + each.up) / 100,
      low: (Math.min(open, last) - each.down) / 100,
      close: last / 100,
      volume: 1e9,
    };
  });
  return seriesOf('AAPL', 'ONE_DAY', rows);
});

/** What may be asked for at a bar; distances in hundredths. */
export const listedAction = fc.record({
  bar: fc.integer({ min: 0, max: 40 }),
  kind: fc.constantFrom('BUY' as const, 'SELL' as const, 'EXIT' as const),
  units: fc.integer({ min: 1, max: 45 }),
  stop: fc.option(fc.integer({ min: 50, max: 600 })),
  target: fc.option(fc.integer({ min: 50, max: 600 })),
  price: fc.option(
    fc.record({
      kind: fc.constantFrom('limit' as const, 'stop' as const),
      offset: fc.integer({ min: -200, max: 200 }),
    }),
    { freq: 3 },
  ),
});
export type ListedAction = typeof listedAction extends fc.Arbitrary<infer T> ? T : never;

/** The actions as decisions: a stop-loss lies on the worse side of the entry, a target on the better. */
export function decisionsOf(actions: readonly ListedAction[], { closes }: BarSeries) {
  return new Map<number, ListedDecision>(
    actions.map(({ bar, kind, units, stop, target, price }): [number, ListedDecision] => {
      if (kind === 'EXIT') return [bar, { kind }];
      const sign = kind === 'BUY' ? 1 : -1;
      const reference = (closes[bar] ?? 1) + (price === null ? 0 : price.offset / 100);
      const request = {
        units,
        ...(price === null ? {} : { [price.kind]: reference }),
        ...(stop === null ? {} : { stopLoss: reference - (sign * stop) / 100 }),
        ...(target === null ? {} : { takeProfit: reference + (sign * target) / 100 }),
      };
      return [bar, { kind, request }];
    }),
  );
}
