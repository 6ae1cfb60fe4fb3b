import { err } from '../../src/domain/result.js';
import type { GraphQLContext, PlatformStatus, Services } from '../../src/resolvers/context.js';
import type { EventStreams } from '../../src/resolvers/event-streams.js';
import { createLoaders } from '../../src/resolvers/loaders.js';
import type { ReadModel } from '../../src/ports/read-model.js';

const PLATFORM: PlatformStatus = {
  version: '0.0.0-test',
  provider: 'replay',
  description: 'a replay of a test',
  updateFrequency: '1 minute',
  now: () => Date.UTC(2024, 2, 5, 15),
  replay: () => ({
    state: 'RUNNING',
    now: Date.UTC(2024, 2, 5, 15),
    speed: 1,
    description: 'a replay of a test',
    startsAt: Date.UTC(2024, 2, 5, 14),
    endsAt: Date.UTC(2024, 2, 5, 16),
  }),
  pipeline: () => Promise.resolve([{ group: 'ml-service', topic: 'market_data', events: 2 }]),
  training: async () => [],
};

const notHere = () => Promise.resolve(err({ code: 'NO_MODEL' as const, message: 'symbol: no model is ready' }));

const SERVICES: Services = {
  createOrder: notHere,
  cancelOrder: notHere,
  previewOrder: notHere,
  replaceOrder: notHere,
  flattenAccount: notHere,
  setAccountStatus: notHere,
  ingest: notHere,
  trackSymbol: notHere,
  untrackSymbol: notHere,
  predictPrice: notHere,
  detectAnomaly: notHere,
  runBacktest: () => Promise.resolve(err([])),
  cancelBacktest: notHere,
  deleteBacktest: notHere,
  strategies: () => Promise.resolve([]),
  runSearch: () => Promise.resolve(err([])),
  cancelSearch: notHere,
  deleteSearch: notHere,
  monteCarlo: notHere,
  deployStrategy: () => Promise.resolve(err([])),
  undeployStrategy: notHere,
  compareDeployment: notHere,
};

const NO_EVENTS: EventStreams = {
  stream: () => {
    throw new Error('this test streams nothing');
  },
  cursorOfNow: () => Promise.reject(new Error('this test streams nothing')),
};

/** The context of one operation; say which services matter to the test. */
export function makeContext(
  readModel: ReadModel,
  services: Partial<Services> = {},
  overrides: Partial<GraphQLContext> = {},
): GraphQLContext {
  return {
    readModel,
    loaders: createLoaders(readModel),
    services: { ...SERVICES, ...services },
    platform: PLATFORM,
    events: NO_EVENTS,
    scopes: new Set(['READ', 'TRADE', 'ADMIN'] as const),
    readBudget: () => ({ limit: 50_000, remaining: 49_000, fullAtMs: Date.UTC(2024, 2, 5, 15, 1) }),
    ...overrides,
  };
}
