import { createUnionType, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { BacktestStatus, StrategyParams as Params } from '../domain/backtest.js';
import type { Refusal } from '../domain/error-codes.js';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import { Backtest } from './backtest.js';
import { BacktestProfileEnum, BacktestStatusEnum } from './backtest-enums.js';
import { BacktestCommissionInput, BacktestSlippageInput } from './backtest-options.js';
import { DateTime } from './date-time.js';
import { StrategyParams } from './json-scalars.js';
import { Timeframe } from './market-enums.js';
import { InvalidInputError, NotFoundError, UserError } from './user-error.js';

const DEFAULT_OF_PROFILE = "the profile's default when left out";

@InputType({ description: 'A backtest to be run.' })
export class RunBacktestInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Idempotency key: 1 to 64 letters, digits and . _ : -. The same id with the same input answers the first backtest.',
  })
  clientRequestId?: string | null;

  @Field(() => String, { nullable: true, description: 'A label for people, at most 200 characters.' })
  name?: string | null;

  @Field(() => [String], { description: 'Symbols to trade on one account, 1 to 50, all quoted in one currency.' })
  symbols: string[];

  @Field(() => Timeframe, { description: 'Length of the bars; one that is not stored is aggregated.' })
  timeframe: TimeframeName;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only bars that open then or later; from the first stored when left out.',
  })
  startDate?: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only bars that open before; to the last stored when left out.',
  })
  endDate?: number | null;

  @Field(() => Float, { defaultValue: 10_000, description: 'Starting cash, in the quote currency, above 0.' })
  initialCapital: number;

  @Field(() => String, { description: 'Name of the strategy; `strategies` lists them.' })
  strategy: string;

  @Field(() => StrategyParams, {
    nullable: true,
    description: 'Its parameters; defaults are taken for those left out.',
  })
  params?: Params | null;

  @Field(() => BacktestProfileEnum, { defaultValue: 'NATIVE', description: 'Whose fills and statistics it follows.' })
  profile: keyof typeof BacktestProfileEnum;

  @Field(() => BacktestCommissionInput, {
    nullable: true,
    description: `What each execution costs; ${DEFAULT_OF_PROFILE}: what paper trading costs (native), nothing (backtesting.py).`,
  })
  commission?: BacktestCommissionInput | null;

  @Field(() => Float, {
    nullable: true,
    description: `Whole spread, a fraction of the price from 0 to 0.5; ${DEFAULT_OF_PROFILE}.`,
  })
  spread?: number | null;

  @Field(() => BacktestSlippageInput, {
    nullable: true,
    description: `How much worse fills are; ${DEFAULT_OF_PROFILE}.`,
  })
  slippage?: BacktestSlippageInput | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Share of a position's value that the equity must cover when it is opened, above 0 (from 0.01 in profile NATIVE), 1 at most: 0.5 is leverage 2. Sizes in percent are then shares of equity / margin.",
  })
  margin?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Market orders fill at the close that they were decided at, not at the next open. Paper accounts never do.',
  })
  tradeOnClose?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'A new order closes what is open of its symbol first.',
  })
  exclusiveOrders?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'What is open is closed on the last bar; else it stays open and is no round trip. False when left out.',
  })
  finalizeTrades?: boolean | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Smallest tradable quantity in units, 0 for any fraction (a hundred-millionth in profile NATIVE); when left out, 1 in profile BACKTESTING_PY and the instrument's own in NATIVE.",
  })
  lotSize?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: `Share of a bar's volume that may be filled, above 0, 1 at most; ${DEFAULT_OF_PROFILE}.`,
  })
  volumeShare?: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Most that one symbol may take, in percent of equity, above 0, 100 at most; 20 when left out, as in paper trading. An order then has no other bound. Profile NATIVE only.',
  })
  maxPositionPct?: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Size of an entry whose strategy names none, in percent of equity, above 0, maxPositionPct at most; 10 when left out, as in paper trading. Profile NATIVE only.',
  })
  defaultSizePct?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "A strategy's `sell` opens a short, where it only closes on paper; false when left out. Profile NATIVE only: BACKTESTING_PY always does.",
  })
  allowShort?: boolean | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'At a close with less equity than this share of the value of all positions they are closed at the market, from 0 to margin; half of margin when left out. Profile NATIVE only.',
  })
  maintenanceMargin?: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'What is borrowed (shares sold short, cash below 0) costs this fraction of its value a year, charged daily, 0 to 1; nothing when left out. Profile NATIVE only.',
  })
  borrowRate?: number | null;

  @Field(() => Int, { defaultValue: 7, description: 'Seed of everything random in it, 0 or above.' })
  seed: number;

  @Field(() => Int, { defaultValue: 600, description: 'Longest time it may run, in seconds, 1 to 86,400.' })
  deadlineSeconds: number;
}

@ObjectType({
  implements: UserError,
  description: 'The backtest stands where this cannot be done.',
  simpleResolvers: true,
})
export class BacktestStatusError extends UserError {
  @Field(() => BacktestStatusEnum, { description: 'How it stands.' })
  status: BacktestStatus;

  constructor(refusal?: Refusal) {
    super(refusal);
    this.status = refusal?.value as BacktestStatus;
  }
}

export const RunBacktestError = createUnionType({
  name: 'RunBacktestError',
  description: 'Why a backtest was not taken on.',
  types: () => [InvalidInputError, NotFoundError] as const,
});

export const EndBacktestError = createUnionType({
  name: 'EndBacktestError',
  description: 'Why a backtest was not canceled or deleted.',
  types: () => [NotFoundError, BacktestStatusError] as const,
});

@ObjectType({ description: 'The queued backtest, or why there is none.', simpleResolvers: true })
export class RunBacktestPayload {
  @Field(() => Backtest, {
    nullable: true,
    description: 'The backtest, queued: `backtestProgress` tells how it goes on. Null when it was refused.',
  })
  backtest: object | null;

  @Field(() => [RunBacktestError], {
    description: 'Every fault of the input; empty when there is none.',
    complexity: 0,
  })
  errors: readonly (typeof RunBacktestError)[];
}

@ObjectType({ description: 'The canceled backtest, or why it was not canceled.', simpleResolvers: true })
export class CancelBacktestPayload {
  @Field(() => Backtest, { nullable: true, description: 'The backtest as it stands now; null when there is none.' })
  backtest: object | null;

  @Field(() => [EndBacktestError], { description: 'Why it was not canceled; empty when it was.', complexity: 0 })
  errors: readonly (typeof EndBacktestError)[];
}

@ObjectType({ description: 'The deleted backtest, or why it was not deleted.', simpleResolvers: true })
export class DeleteBacktestPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the deleted backtest; null when it was refused.' })
  deletedId: string | null;

  @Field(() => [EndBacktestError], { description: 'Why it was not deleted; empty when it was.', complexity: 0 })
  errors: readonly (typeof EndBacktestError)[];
}
