import { rocSpec } from '../../indicators/roc.js';
import type { Line } from '../line.js';
import { defineStrategy, type Market, type StrategyRun } from '../strategy.js';
import { periodParameter } from './entry-parameters.js';

interface Candidate {
  readonly market: Market;
  readonly momentum: Line;
}

/** Looks at all symbols every `everyBars` instants, and holds the strongest ones in equal parts of equity. */
class MomentumRun implements StrategyRun {
  private readonly candidates: readonly Candidate[];
  private readonly top: number;
  private readonly everyBars: number;
  private readonly onlyRising: boolean;
  private barsToWait = 0;

  constructor(candidates: readonly Candidate[], top: number, everyBars: number, onlyRising: boolean) {
    this.candidates = candidates;
    this.top = top;
    this.everyBars = everyBars;
    this.onlyRising = onlyRising;
  }

  onBar(): void {
    if (this.barsToWait > 0) {
      this.barsToWait -= 1;
      return;
    }
    this.barsToWait = this.everyBars - 1;
    const chosen = this.strongest();
    for (const { market } of this.candidates) {
      if (!chosen.includes(market)) market.exit();
      else if (market.positionSize <= 0) market.buy({ sizePct: 100 / this.top });
    }
  }

  private strongest(): readonly Market[] {
    const floor = this.onlyRising ? 0 : -Infinity;
    return this.candidates
      .filter(({ momentum }) => momentum.now > floor)
      .sort((a, b) => b.momentum.now - a.momentum.now)
      .slice(0, this.top)
      .map(({ market }) => market);
  }
}

export const momentumRotation = defineStrategy({
  name: 'momentum-rotation',
  description:
    'Holds the symbols with the highest return over the last bars, in equal parts, and chooses anew from time to time.',
  parameters: {
    lookback: periodParameter('Bars over which the return is taken', 126),
    top: periodParameter('Symbols that are held at most', 3),
    everyBars: periodParameter('Bars between two choices', 21),
    onlyRising: {
      kind: 'BOOLEAN',
      description: 'Whether a symbol must have risen to be held; else the strongest of falling ones are held as well',
      default: true,
    },
  },
  warmUpBars: ({ lookback }) => lookback,
  create({ symbols, market }, { lookback, top, everyBars, onlyRising }) {
    const candidates = symbols.map((symbol) => {
      const each = market(symbol);
      return { market: each, momentum: each.indicator(rocSpec(lookback)) };
    });
    return new MomentumRun(candidates, Math.min(top, candidates.length), everyBars, onlyRising);
  },
});
