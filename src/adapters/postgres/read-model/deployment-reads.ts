import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Deployment, DeploymentStatus } from '../../../domain/deployment.js';
import type { DeploymentReadModel } from '../../../ports/deployment-reads.js';
import type { Page, PageRequest } from '../../../ports/read-model.js';
import { DeploymentEntity } from '../entities/deployment-entity.js';
import { type KeyColumn, keysetPage, matching } from './keyset-page.js';

const NEWEST_FIRST: readonly KeyColumn<DeploymentEntity>[] = [
  { property: 'createdAt', order: 'desc' },
  { property: 'id', order: 'asc' },
];

export class PgDeploymentReads implements DeploymentReadModel {
  /** @param fork a fresh entity manager for each read: no row is served from an earlier one */
  constructor(private readonly fork: () => SqlEntityManager) {}

  deployments(statuses: readonly DeploymentStatus[] | null, page: PageRequest): Promise<Page<Deployment>> {
    const where = matching({ status: statuses });
    return keysetPage(this.fork(), DeploymentEntity, where, NEWEST_FIRST, page, (row) => row);
  }

  deployment(id: string): Promise<Deployment | null> {
    return this.fork().findOne(DeploymentEntity, { id });
  }
}
