import { defineStrategy, type Market, type StrategyRun } from '../strategy.js';
import type { Line } from '../line.js';
import { ENTRY_PARAMETERS } from './entry-parameters.js';

interface Followed {
  readonly market: Market;
  /** Above 0 buys, below 0 sells; 0 or NaN leaves things as they are. */
  readonly action: Line;
  /** Distances from the close, as fractions of it. */
  readonly stopDistance: Line;
  readonly targetDistance: Line;
}

/** Does what the live rule said of each bar: that was asked in the preparation, with the model of the time. */
class LstmRun implements StrategyRun {
  private readonly followed: readonly Followed[];
  private readonly sizePct: number | undefined;
  private readonly isProtected: boolean;

  constructor(followed: readonly Followed[], sizePct: number | undefined, isProtected: boolean) {
    this.followed = followed;
    this.sizePct = sizePct;
    this.isProtected = isProtected;
  }

  onBar(): void {
    for (const each of this.followed) {
      const { market } = each;
      if (!market.isFresh) continue;
      if (each.action.now < 0) market.exit();
      else if (each.action.now > 0 && market.positionSize === 0) this.enter(each);
    }
  }

  private enter({ market, stopDistance, targetDistance }: Followed): void {
    const { sizePct } = this;
    const close = market.close.now;
    const stopLoss = this.isProtected ? close * (1 - stopDistance.now) : undefined;
    const takeProfit = this.isProtected ? close * (1 + targetDistance.now) : undefined;
    market.buy({ sizePct, stopLoss, takeProfit });
  }
}

export const lstm = defineStrategy({
  name: 'lstm',
  description:
    'Trains an LSTM walk-forward on the bars behind it, and follows the live rule: buys when the predicted return is past its threshold and the costs, sells when it is as far below, and holds while the model has no skill.',
  parameters: {
    trainBars: {
      kind: 'INTEGER',
      description: 'Bars right before a block that its model is trained on; a sixth of them only decides when to stop',
      default: 500,
      min: 200,
      max: 5000,
    },
    retrainEveryBars: {
      kind: 'INTEGER',
      description: 'Bars of a block: so many are predicted by one model before the next is trained',
      default: 252,
      min: 5,
      max: 5000,
    },
    units: { kind: 'INTEGER', description: 'Units of the LSTM', default: 16, min: 1, max: 64 },
    epochs: {
      kind: 'INTEGER',
      description: 'Passes over the training samples at most; it stops after three without a better validation error',
      default: 6,
      min: 1,
      max: 100,
    },
    volatilityMultiple: {
      kind: 'NUMBER',
      description: 'Volatilities of the last 30 bars that a predicted return must pass, besides the costs',
      default: 1,
      min: 0.01,
      max: 10,
    },
    requireSkill: {
      kind: 'BOOLEAN',
      description: 'Whether it holds until the skill on past blocks is told from 0; false trades on what may be luck',
      default: true,
    },
    skillStandardErrors: {
      kind: 'NUMBER',
      description: 'Standard errors by which that skill must lie above 0',
      default: 2,
      min: 0,
      max: 10,
    },
    protection: {
      kind: 'BOOLEAN',
      description: 'Whether entries have the stop and target of the live rule: 2 and 3 average true ranges away',
      default: true,
    },
    sizePct: ENTRY_PARAMETERS.sizePct,
  },
  warmUpBars: ({ trainBars }) => trainBars,
  // What the rule makes of a prediction is asked anew for each run: that takes milliseconds.
  prepareReads: ['trainBars', 'retrainEveryBars', 'units', 'epochs'],
  async prepare(bars, values, context) {
    // TensorFlow.js takes its time to load: only whoever runs this strategy waits for it.
    const { prepareLstm } = await import('./lstm-preparation.js');
    return prepareLstm(bars, values, context);
  },
  create(setup, { sizePct, protection }) {
    const followed = setup.symbols.map((symbol) => {
      const { action, stopDistance, targetDistance } = setup.prepared(symbol);
      if (action === undefined || stopDistance === undefined || targetDistance === undefined) {
        throw new RangeError(`the decisions for ${symbol} are not prepared`);
      }
      return { market: setup.market(symbol), action, stopDistance, targetDistance };
    });
    return new LstmRun(followed, sizePct > 0 ? sizePct : undefined, protection);
  },
});
