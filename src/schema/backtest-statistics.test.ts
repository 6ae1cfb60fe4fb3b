import { isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { RoundTrips } from '../engines/backtest/round-trips.js';
import { nativeStatistics } from '../engines/metrics/native-statistics.js';
import { buildGraphQLSchema } from '../resolvers/build-schema.js';
import { STATISTICS } from './backtest-statistics.js';

const equity = Float64Array.of(100, 101);
const statistics = nativeStatistics(
  {
    times: Float64Array.of(0, 86_400_000),
    closeTimes: Float64Array.of(86_400_000, 172_800_000),
    equity,
    exposed: Uint8Array.of(0, 0),
    roundTrips: new RoundTrips(),
    dividends: 0,
    commissions: 0,
    tradedValue: 0,
    fillCount: 0,
    refusedCount: 0,
    firstDecisionIndex: 0,
  },
  { calendar: 'crypto', timeframe: 'ONE_DAY' },
);

it('the API shows every native statistic, and nothing else, in their order', () => {
  expect(Object.keys(STATISTICS)).toEqual(Object.keys(statistics));
  const type = buildGraphQLSchema().getType('BacktestStatistics');
  expect(isObjectType(type) && Object.keys(type.getFields())).toEqual(Object.keys(statistics));
});

it('what may be undefined is nullable, what is a count is whole', () => {
  for (const [name, value] of Object.entries(statistics)) {
    const [shape] = STATISTICS[name]!;
    if (value === null) expect([name, shape]).toEqual([name, 'OPTIONAL']);
    if (shape === 'COUNT') expect([name, Number.isInteger(value)]).toEqual([name, true]);
  }
});
