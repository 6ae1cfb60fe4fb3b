import { readFile } from 'node:fs/promises';
import {
  type GraphQLArgument,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  OverlappingFieldsCanBeMergedRule,
  parse,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildGraphQLSchema } from './build-schema.js';
import { schemaText } from './emit-schema.js';

const schema = buildGraphQLSchema();
const ownTypes = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const BUILT_IN = new Set(['String', 'Int', 'Float', 'Boolean', 'ID', 'Query', 'Mutation', 'Subscription']);

it('schema.graphql is what the code says; npm run schema writes it', async () => {
  expect(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8')).toBe(schemaText());
});

it('every type, field, argument and enum value is described', () => {
  expect(ownTypes.flatMap(undescribed)).toEqual([]);
});

it('all fields of all members of a union can be selected in one document', () => {
  const unions = ownTypes.filter(isUnionType);
  expect(unions.map(({ name }) => name)).toContain('CreateOrderError');
  for (const union of unions) {
    const members = union
      .getTypes()
      .map((member) => `... on ${member.name} { ${Object.keys(member.getFields()).join(' ')} }`);
    const document = parse(`fragment All on ${union.name} { ${members.join(' ')} }`);
    const errors = validate(schema, document, [OverlappingFieldsCanBeMergedRule]);
    expect(errors.map(({ message }) => `${union.name}: ${message}`)).toEqual([]);
  }
});

const namesOf = (fields: object | undefined) => Object.keys(fields ?? {}).toSorted();

describe('the contract', () => {
  it('has the queries, mutations and subscriptions that were promised', () => {
    expect(namesOf(schema.getQueryType()?.getFields())).toEqual(
      'accountActions accounts anomalies backtest backtests barSeries bars compareBacktests dataQuality deployment deployments detectAnomaly fills models monteCarlo order orders parity platform portfolio portfolioHistory positions predictPrice previewOrder rateLimit search searches signals strategies streamCursor symbols'.split(
        ' ',
      ),
    );
    expect(namesOf(schema.getMutationType()?.getFields())).toEqual(
      'cancelBacktest cancelOrder cancelSearch createOrder deleteBacktest deleteSearch deployStrategy flattenAccount ingest optimizeStrategy replaceOrder runBacktest setAccountStatus trackSymbol undeployStrategy untrackSymbol walkForward'.split(
        ' ',
      ),
    );
    expect(namesOf(schema.getSubscriptionType()?.getFields())).toEqual(
      'anomalies backtestProgress bars orderUpdates portfolio searchProgress signals'.split(' '),
    );
  });

  it.each([
    ['Bar', 'symbol timeframe timestamp closeTime open high low close volume vwap'],
    ['Signal', 'symbol timestamp action confidence predictedPrice currentPrice stopLoss takeProfit'],
    ['Anomaly', 'symbol timestamp anomalyScore rawScore anomalyType severity description'],
    [
      'Order',
      'id clientOrderId symbol side orderType quantity limitPrice stopPrice timeInForce status filledQuantity averageFillPrice createdAt filledAt',
    ],
    ['Position', 'symbol quantity averagePrice currentPrice unrealizedPnl realizedPnl lastUpdated'],
    ['Portfolio', 'totalValue cash positions totalPnl'],
    ['PricePrediction', 'symbol currentPrice predictedPrice expectedChange model'],
    ['AnomalyCheck', 'symbol isAnomaly anomalyScore'],
    ['IngestPayload', 'message status jobId'],
    ['RunBacktestInput', 'symbols timeframe startDate endDate initialCapital strategy params'],
    ['RunBacktestPayload', 'backtest errors'],
    ['BacktestEvent', 'cursor backtest'],
    [
      'CreateOrderInput',
      'clientOrderId accountId symbol side orderType quantity limitPrice stopPrice timeInForce stopLoss takeProfit',
    ],
  ])('%s keeps the fields that it is named by', (type, fields) => {
    const found = schema.getType(type);
    const names = isObjectType(found) || isInputObjectType(found) ? Object.keys(found.getFields()) : [];
    expect(names).toEqual(expect.arrayContaining(fields.split(' ')));
  });

  it('every subscription can be resumed: it takes `after`, and its payload carries a cursor', () => {
    for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
      expect(field.args.map(({ name }) => name)).toContain('after');
      const payload = schema.getType(field.type.toString().replace('!', ''));
      expect(isObjectType(payload) && Object.keys(payload.getFields())).toContain('cursor');
    }
  });
});

function undescribed(type: GraphQLNamedType): string[] {
  const missing = type.description || BUILT_IN.has(type.name) ? [] : [type.name];
  if (isEnumType(type)) {
    return [
      ...missing,
      ...type.getValues().flatMap((value) => (value.description ? [] : [`${type.name}.${value.name}`])),
    ];
  }
  if (!isObjectType(type) && !isInputObjectType(type) && !isInterfaceType(type)) return missing;
  for (const field of Object.values(type.getFields())) {
    if (!field.description) missing.push(`${type.name}.${field.name}`);
    const args: readonly GraphQLArgument[] = 'args' in field ? field.args : [];
    missing.push(
      ...args.flatMap((argument) => (argument.description ? [] : [`${type.name}.${field.name}(${argument.name})`])),
    );
  }
  return missing;
}
