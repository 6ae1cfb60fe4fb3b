import { randomUUID } from 'node:crypto';
import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ParityThread } from '../../src/adapters/backtests/parity-thread.js';
import { PgBarStore } from '../../src/adapters/postgres/bar-store.js';
import { PgDeploymentRecords } from '../../src/adapters/postgres/deployment-records.js';
import { PgInstrumentStore } from '../../src/adapters/postgres/instrument-store.js';
import { createReadModel } from '../../src/adapters/postgres/read-model/index.js';
import { buildGraphQLSchema } from '../../src/resolvers/build-schema.js';
import { CompareDeployment } from '../../src/services/trading/compare-deployment.js';
import { DeployStrategy } from '../../src/services/trading/deploy-strategy.js';
import { UndeployStrategy } from '../../src/services/trading/undeploy-strategy.js';
import { eventually } from '../support/eventually.js';
import { makeContext } from '../support/graphql-context.js';
import { makeBar, SYMBOL } from '../support/trading-engine.js';
import { EMA, MANUAL, TradingWorld } from '../support/trading-world.js';

const schema = buildGraphQLSchema();
const DEPLOY =
  'mutation($input: DeployStrategyInput!) { deployStrategy(input: $input) { deployment { id accountId source status params } errors { ... on UserError { __typename code path } } } }';

interface Payload {
  readonly deployment: { readonly id: string; readonly source: string };
  readonly errors: readonly object[];
}

interface Answer {
  readonly deployStrategy: Payload;
  readonly undeployStrategy: Payload;
  readonly deployment: object | null;
  readonly deployments: { readonly edges: readonly object[] };
  readonly parity: object;
  /** Codes of the errors beside the data. */
  readonly errors: readonly unknown[] | undefined;
}

describe('deployments in the API', () => {
  let world: TradingWorld;
  let ask: (source: string, variables?: Record<string, unknown>) => Promise<Answer>;
  beforeAll(async () => {
    world = await TradingWorld.open();
    const { pool } = world.database;
    const bars = new PgBarStore(pool);
    const deploy = new DeployStrategy({
      desk: world.desk,
      deployments: world.deployments,
      strategies: world.hosting.strategies,
      bars,
      instruments: new PgInstrumentStore(pool),
      openAccount: async () => MANUAL,
    });
    const undeploy = new UndeployStrategy(world.desk, world.deployments);
    const records = new PgDeploymentRecords(pool);
    const compare = new CompareDeployment({ ...world.hosting, records, replayer: new ParityThread(30_000) });
    const contextValue = makeContext(createReadModel(world.database, bars), {
      deployStrategy: (command) => deploy.execute(command),
      undeployStrategy: (id) => undeploy.execute(id),
      compareDeployment: (id) => compare.execute(id),
    });
    ask = async (source, variableValues) => {
      const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
      return { ...data, errors: errors?.map(({ extensions }) => extensions['code']) } as unknown as Answer;
    };
  });
  afterAll(() => world.close());

  it('lets a strategy trade, is listed, compared and ended', async () => {
    await world.minute(makeBar(0, { open: 430 }));
    const service = world.service();
    service.start();
    const input = { strategy: 'buy-and-hold', params: { sizePct: 10 }, symbols: [SYMBOL] };
    const { deployStrategy } = await ask(DEPLOY, { input });
    expect(deployStrategy).toMatchObject({
      deployment: { accountId: MANUAL, status: 'RUNNING', params: { sizePct: 10 } },
      errors: [],
    });
    const { id, source } = deployStrategy.deployment;
    for (let minute = 1; minute < 6; minute += 1) await world.minute(makeBar(minute, { open: 430 + minute }));
    await eventually('the accounts have acted', () => world.isCaughtUp());
    await service.stop();

    const { deployments } = await ask(
      '{ deployments(statuses: [RUNNING], first: 5) { edges { node { id source } } } }',
    );
    expect(deployments.edges).toEqual([{ node: { id, source } }]);
    const { parity } = await ask(
      'query($id: ID!) { parity(deploymentId: $id) { isEqual fillCounts firstDifference { message } reservations } }',
      { id },
    );
    expect(parity).toEqual({ isEqual: true, fillCounts: [1, 1], firstDifference: null, reservations: [] });

    const end =
      'mutation($id: ID!) { undeployStrategy(id: $id) { deployment { status } errors { ... on UserError { code } } } }';
    expect((await ask(end, { id })).undeployStrategy).toEqual({ deployment: { status: 'STOPPED' }, errors: [] });
    expect((await ask(end, { id })).undeployStrategy.errors).toEqual([{ code: 'DEPLOYMENT_ENDED' }]);
  });

  it('answers what cannot be as data, and a query for nothing with its code', async () => {
    const refused = await ask(DEPLOY, {
      input: { strategy: 'no-such', params: {}, symbols: ['NOPE'], accountId: EMA },
    });
    expect(refused.deployStrategy).toEqual({
      deployment: null,
      errors: [
        { __typename: 'NotFoundError', code: 'UNKNOWN_STRATEGY', path: ['input', 'strategy'] },
        { __typename: 'NotFoundError', code: 'NOT_TRACKED', path: ['input', 'symbols'] },
      ],
    });
    const taken = await ask(DEPLOY, { input: { strategy: 'buy-and-hold', symbols: [SYMBOL], accountId: EMA } });
    expect(taken.deployStrategy.errors).toEqual([
      { __typename: 'InvalidInputError', code: 'ACCOUNT_NOT_FREE', path: ['input', 'accountId'] },
    ]);
    for (const id of ['nothing', randomUUID()]) {
      expect(await ask('query($id: ID!) { deployment(id: $id) { id } }', { id })).toMatchObject({ deployment: null });
      const compared = await ask('query($id: ID!) { parity(deploymentId: $id) { isEqual } }', { id });
      expect(compared.errors).toEqual(['UNKNOWN_DEPLOYMENT']);
    }
  });
});
