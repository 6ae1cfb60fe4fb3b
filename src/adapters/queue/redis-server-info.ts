import { JobQueueUnavailableError } from '../../ports/job-queue.js';
import { describeAddress } from './redis-address.js';
import { askServer, type RedisConnectionOptions } from './redis-connection.js';

/** What a Redis says of itself that a job queue depends on. */
export interface RedisServerInfo {
  /** redis://host:port/db */
  readonly name: string;
  readonly version: string;
  /** What to put right, where something is risky; null where all is well. */
  readonly caution: string | null;
}

const LEAST_VERSION = [6, 2] as const;

/** Asks a Redis for what it is. @throws JobQueueUnavailableError when it cannot be reached, refuses us, or is too old */
export async function readServerInfo(options: RedisConnectionOptions): Promise<RedisServerInfo> {
  const name = describeAddress(options.address);
  const info = await askServer(options);
  const valueOf = (key: string): string | undefined => new RegExp(`^${key}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const version = valueOf('redis_version') ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = LEAST_VERSION;
  if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
    throw new JobQueueUnavailableError(`${name} is Redis ${version}: ${LEAST_VERSION.join('.')} or newer is needed`);
  }
  const policy = valueOf('maxmemory_policy') ?? 'noeviction';
  const caution =
    policy === 'noeviction'
      ? null
      : `maxmemory-policy is ${policy}: when memory is short Redis deletes jobs and schedules; set it to noeviction`;
  return { name, version, caution };
}
