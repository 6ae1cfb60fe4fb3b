import type { Refusal } from '../../domain/error-codes.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { DeploymentStore } from '../../ports/deployment-store.js';
import { openBooks, type TradingDesk } from './books-by-hand.js';

/** Ends a deployment: its waiting entries are canceled; what the account holds stays, with its protection. */
export class UndeployStrategy {
  constructor(
    private readonly desk: TradingDesk,
    private readonly deployments: DeploymentStore,
  ) {}

  /** Refuses UNKNOWN_DEPLOYMENT and DEPLOYMENT_ENDED. `deploymentId` is a UUID. */
  async execute(deploymentId: string): Promise<Result<{ readonly deploymentId: string }, Refusal>> {
    const { store, unitOfWork } = this.desk;
    const found = await this.deployments.deployment(deploymentId);
    if (found === null) {
      const message = `id: there is no deployment "${deploymentId}"`;
      return err({ code: 'UNKNOWN_DEPLOYMENT', message, path: ['id'], value: deploymentId });
    }
    return unitOfWork.transaction(async (tx) => {
      const locked = await store.lock(tx, found.accountId);
      if (locked === null || locked.deploymentId !== deploymentId) {
        const message = 'id: the deployment has ended';
        return err({ code: 'DEPLOYMENT_ENDED', message, path: ['id'], value: deploymentId } satisfies Refusal);
      }
      const books = await openBooks(this.desk, tx, locked);
      for (const order of books.draft.orders.values()) {
        if (order.cause === 'ENTRY') books.draft.end(order.id, 'CANCELED', 'SUPERSEDED_BY_SIGNAL', books.now);
      }
      if (books.draft.events.length > 0) await books.save();
      await this.deployments.end(tx, found, 'STOPPED', null);
      return ok({ deploymentId });
    });
  }
}
