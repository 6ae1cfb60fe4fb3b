import { Field, Float, InputType, ObjectType } from 'type-graphql';

const RATE = 'Fraction of the value of each execution: 0.002 is 0.2 %.';
const FIXED = 'Amount for each execution, in the quote currency, beside the rate. Profile BACKTESTING_PY only.';
const PER_UNIT = 'Amount for each unit, in the quote currency, in place of a rate. Profile BACKTESTING_PY only.';
const MINIMUM = 'Least amount for one execution, in the quote currency; beside perUnit.';
const BASIS_POINTS = 'Worse than the reference price by so many hundredths of a percent.';
const IMPACT =
  "Worse by the square of our share of the bar's volume times this fraction of the price. Profile BACKTESTING_PY only.";

@InputType({ description: 'What each execution costs: a rate, a rate with a fixed amount, or an amount a unit.' })
export class BacktestCommissionInput {
  @Field(() => Float, { nullable: true, description: RATE })
  rate?: number | null;

  @Field(() => Float, { nullable: true, description: FIXED })
  fixed?: number | null;

  @Field(() => Float, { nullable: true, description: PER_UNIT })
  perUnit?: number | null;

  @Field(() => Float, { nullable: true, description: MINIMUM })
  minimum?: number | null;
}

@InputType({ description: 'How far fills lie on the worse side of their reference price: one of the two.' })
export class BacktestSlippageInput {
  @Field(() => Float, { nullable: true, description: BASIS_POINTS })
  basisPoints?: number | null;

  @Field(() => Float, { nullable: true, description: IMPACT })
  volumeImpact?: number | null;
}

@ObjectType({ description: 'What each execution costs.', simpleResolvers: true })
export class BacktestCommission {
  @Field(() => Float, { nullable: true, description: RATE })
  rate: number | null;

  @Field(() => Float, { nullable: true, description: FIXED })
  fixed: number | null;

  @Field(() => Float, { nullable: true, description: PER_UNIT })
  perUnit: number | null;

  @Field(() => Float, { nullable: true, description: MINIMUM })
  minimum: number | null;
}

@ObjectType({ description: 'How far fills lie on the worse side of their reference price.', simpleResolvers: true })
export class BacktestSlippage {
  @Field(() => Float, { nullable: true, description: BASIS_POINTS })
  basisPoints: number | null;

  @Field(() => Float, { nullable: true, description: IMPACT })
  volumeImpact: number | null;
}

@ObjectType({
  description: 'How a backtest trades, as it was asked for; null is the default of its profile.',
  simpleResolvers: true,
})
export class BacktestOptions {
  @Field(() => Float, { description: 'Starting cash, in the quote currency.' })
  initialCapital: number;

  @Field(() => BacktestCommission, { nullable: true, description: 'What each execution costs.', complexity: 0 })
  commission: BacktestCommission | null;

  @Field(() => Float, { nullable: true, description: 'Whole spread, a fraction of the price.' })
  spread: number | null;

  @Field(() => BacktestSlippage, { nullable: true, description: 'How much worse fills are.', complexity: 0 })
  slippage: BacktestSlippage | null;

  @Field(() => Float, { nullable: true, description: "Share of a position's value that is held: 0.5 is leverage 2." })
  margin: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Market orders fill at the close that they were decided at.' })
  tradeOnClose: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'A new order closes what is open first.' })
  exclusiveOrders: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'What is open is closed on the last bar.' })
  finalizeTrades: boolean | null;

  @Field(() => Float, { nullable: true, description: 'Smallest tradable quantity in units; 0 for any fraction.' })
  lotSize: number | null;

  @Field(() => Float, { nullable: true, description: "Share of a bar's volume that may be filled." })
  volumeShare: number | null;

  @Field(() => Float, { nullable: true, description: 'Most that one symbol may take, in percent of equity.' })
  maxPositionPct: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Size of an entry whose strategy names none, in percent of equity.',
  })
  defaultSizePct: number | null;

  @Field(() => Boolean, { nullable: true, description: "A strategy's `sell` opens shorts." })
  allowShort?: boolean | null;

  @Field(() => Float, {
    nullable: true,
    description: "Least share of the positions' value that the equity must cover, or they are closed.",
  })
  maintenanceMargin?: number | null;

  @Field(() => Float, { nullable: true, description: 'Yearly cost of what is borrowed, a fraction of its value.' })
  borrowRate?: number | null;
}
