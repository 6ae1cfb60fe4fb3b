import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { deferred } from '../../../tests/support/deferred.js';
import { PARTITIONS } from '../../domain/topics.js';
import { RecordedMetrics, silentLogger } from '../../../tests/support/silent.js';
import { TradingService, type TradingServiceOptions } from './trading-service.js';

const LEASE_MS = 9_000;
/** Of one account's part of a turn: more than the third of a lease after which it is renewed. */
const LOCK_MS = 4_000;
const ACCOUNTS = ['first', 'second', 'third'];

let nowMs = 0;
beforeEach(() => {
  nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** What happens in the service's first turn, in order; `givenBack`: accounts that are another's from the second claim on. */
async function firstTurn(givenBack: readonly string[]): Promise<readonly string[]> {
  const happened: string[] = [];
  const heads = Array.from({ length: PARTITIONS }, () => 0);
  let claims = 0;
  const turned = deferred();
  const options = {
    dataSource: 'replay',
    owner: 'this process',
    leaseMs: LEASE_MS,
    boundMs: 1,
    // So long that there is no second turn.
    backOffMs: 600_000,
    isTransient: () => true,
    logger: silentLogger,
    metrics: { ...new RecordedMetrics(), count: () => turned.resolve() },
    bus: { head: async () => heads, onAppend: () => () => undefined },
    store: {
      claim: async () => {
        claims += 1;
        happened.push('claim');
        const ours = claims === 1 ? ACCOUNTS : ACCOUNTS.filter((id) => !givenBack.includes(id));
        return {
          claimed: ours.map((accountId) => ({ accountId, epoch: 1 })),
          givenBack: claims === 1 ? [] : givenBack,
        };
      },
      lock: async (_tx: unknown, accountId: string) => {
        happened.push(accountId);
        nowMs += LOCK_MS;
        throw new Error('the database is slow');
      },
      accountsWithPendingOrders: async () => [],
      release: async () => undefined,
    },
    unitOfWork: { transaction: (work: (tx: unknown) => Promise<unknown>) => work({}) },
    hosting: { deployments: {} },
  } as unknown as TradingServiceOptions;
  const service = new TradingService(options);
  service.start();
  await turned.promise;
  await service.stop();
  return happened;
}

it('renews its leases within a turn that takes longer than one', async () => {
  expect(await firstTurn([])).toEqual(['claim', 'first', 'claim', 'second', 'claim', 'third']);
});

it('leaves an account alone that was given to another process while the turn lasted', async () => {
  expect(await firstTurn(['second'])).toEqual(['claim', 'first', 'claim', 'third']);
});
