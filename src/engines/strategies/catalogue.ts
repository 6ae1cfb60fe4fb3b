import { bollingerReversion } from './built-in/bollinger-reversion.js';
import { buyAndHold } from './built-in/buy-and-hold.js';
import { donchianBreakout } from './built-in/donchian-breakout.js';
import { emaCross } from './built-in/ema-cross.js';
import { lstm } from './built-in/lstm.js';
import { macdStrategy } from './built-in/macd.js';
import { momentumRotation } from './built-in/momentum-rotation.js';
import { rsiReversion } from './built-in/rsi-reversion.js';
import { smaCross } from './built-in/sma-cross.js';
import type { StrategyDefinition } from './strategy.js';

/** The strategies that come with the program, in the order in which they are listed. */
export const BUILT_IN_STRATEGIES: readonly StrategyDefinition[] = [
  buyAndHold,
  smaCross,
  emaCross,
  macdStrategy,
  rsiReversion,
  bollingerReversion,
  donchianBreakout,
  momentumRotation,
  lstm,
];

/** The strategy of a name among `strategies`; undefined when there is none. */
export const findStrategy = (
  name: string,
  strategies: readonly StrategyDefinition[] = BUILT_IN_STRATEGIES,
): StrategyDefinition | undefined => strategies.find((strategy) => strategy.name === name);
