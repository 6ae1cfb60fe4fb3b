import type { ParameterDeclaration, ParameterDeclarations } from '../parameters.js';
import type { OrderRequest } from '../strategy.js';

/** Periods of averages and channels: beyond this, years of daily bars only warm up. */
export const periodParameter = (description: string, value: number) =>
  ({ kind: 'INTEGER', description, default: value, min: 1, max: 1000 }) as const satisfies ParameterDeclaration;

/** What the entries of most built-in strategies take: their size and their protection. */
export const ENTRY_PARAMETERS = {
  sizePct: {
    kind: 'NUMBER',
    description: "Size of an entry in percent of equity; 0 for the profile's default",
    default: 0,
    min: 0,
    max: 100,
  },
  stopLossPct: {
    kind: 'NUMBER',
    description: 'Distance of the stop-loss from the last close in percent; 0 for none',
    default: 0,
    min: 0,
    max: 99,
  },
  takeProfitPct: {
    kind: 'NUMBER',
    description: 'Distance of the target from the last close in percent; 0 for none',
    default: 0,
    min: 0,
    max: 1000,
  },
} as const satisfies ParameterDeclarations;

export interface EntryValues {
  readonly sizePct: number;
  readonly stopLossPct: number;
  readonly takeProfitPct: number;
}

/** Long only, or short as well where the account may. */
export const DIRECTION_PARAMETER = {
  kind: 'CHOICE',
  description: 'long: flat instead of short; both: short on the opposite signal, where the account may',
  default: 'long',
  choices: ['long', 'both'],
} as const satisfies ParameterDeclaration;

/**
 * An entry at the market with its protection around the last close; undefined when it has nothing to say. A target of a
 * short is never below 0.01 of the close.
 */
export function entryRequest(side: 1 | -1, close: number, values: EntryValues): OrderRequest | undefined {
  const { sizePct, stopLossPct, takeProfitPct } = values;
  if (sizePct === 0 && stopLossPct === 0 && takeProfitPct === 0) return undefined;
  return {
    sizePct: sizePct > 0 ? sizePct : undefined,
    stopLoss: stopLossPct > 0 ? close * (1 - (side * stopLossPct) / 100) : undefined,
    takeProfit: takeProfitPct > 0 ? close * Math.max(0.01, 1 + (side * takeProfitPct) / 100) : undefined,
  };
}
