import type { Deployment, DeploymentStatus } from '../domain/deployment.js';
import type { Page, PageRequest } from './read-model.js';

/** Reading of deployments for the API. */
export interface DeploymentReadModel {
  /** Newest first; key [created, id]. */
  deployments(statuses: readonly DeploymentStatus[] | null, page: PageRequest): Promise<Page<Deployment>>;
  deployment(id: string): Promise<Deployment | null>;
}
