import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AuditVariant } from './audit.js';
import type { DatabaseServer } from './database-server.js';
import { FEED_START, type FeedOptions } from './feed.js';
import { freePort } from './free-port.js';
import { SupervisedProcess } from './supervised-process.js';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.js';

const PROJECT = resolve(import.meta.dirname, '../../..');
/** The children run as they were built. */
const builtChild = (name: string): string => join(PROJECT, 'dist/tests/faults/world', `${name}.js`);
const CLOCK_JUMP = pathToFileURL(join(PROJECT, 'tests/faults/world/clock-jump.mjs')).href;

/** Roles of the program that the world runs in processes of their own; the feed stands in the place of `ingestion`. */
const PROGRAM_ROLES = ['ml', 'trading', 'api'] as const;
/** Name of the process that feeds. */
const FEED = 'feed';
export type ProgramRole = (typeof PROGRAM_ROLES)[number];

/** Processes of each kind; there is always one feed. */
export type WorldProcesses = Readonly<Record<ProgramRole | 'audit', number>>;

export interface WorldOptions {
  readonly directory: string;
  readonly server: DatabaseServer;
  /** Of the world's database, past the proxies. */
  readonly connectionString: string;
  readonly feed: FeedOptions;
  /** Wall time between two minutes of the feed at least. */
  readonly paceMs: number;
  readonly processes: WorldProcesses;
  readonly auditVariant: AuditVariant;
}

/** One process of the world, with its way to the database and its wall clock. */
export interface Member {
  readonly process: SupervisedProcess;
  readonly proxy: TcpProxy;
  /** Holds the milliseconds by which its clock is off. */
  readonly clockFile: string;
  /** http://127.0.0.1:port of an api process, else null. */
  readonly url: string | null;
}

/** The program in several processes, its database, and what feeds and audits it. */
export class World {
  readonly members: ReadonlyMap<string, Member>;

  private constructor(
    readonly options: WorldOptions,
    members: readonly Member[],
  ) {
    this.members = new Map(members.map((member) => [member.process.name, member]));
  }

  static async open(options: WorldOptions): Promise<World> {
    await mkdir(options.directory, { recursive: true });
    const { processes, feed, paceMs, auditVariant } = options;
    const members: Member[] = [];
    const add = async (name: string, argsFor: (connectionString: string) => readonly string[], url: string | null) => {
      members.push(await openMember(options, name, argsFor, url));
    };
    for (const role of PROGRAM_ROLES) {
      for (let number = 1; number <= processes[role]; number += 1) {
        const url = role === 'api' ? `http://127.0.0.1:${await freePort()}` : null;
        await add(`${role}-${number}`, () => [builtChild('program-process'), JSON.stringify({ roles: [role] })], url);
      }
    }
    for (let number = 1; number <= processes.audit; number += 1) {
      await add(
        `audit-${number}`,
        (connectionString) => [
          builtChild('audit-process'),
          JSON.stringify({ connectionString, variant: auditVariant }),
        ],
        null,
      );
    }
    await add(
      FEED,
      (connectionString) => [builtChild('feed-process'), JSON.stringify({ ...feed, connectionString, paceMs })],
      null,
    );
    return new World(options, members);
  }

  /** Starts all who act on the feed, and waits until they are at work. */
  async start(): Promise<void> {
    const others = this.processes.filter(({ name }) => name !== FEED);
    others.forEach((process) => process.start());
    await Promise.all(others.map((process) => process.untilReady()));
  }

  /** The feed comes last: accounts are opened before bars flow. */
  startFeed(): void {
    this.member(FEED).process.start();
  }

  get processes(): readonly SupervisedProcess[] {
    return [...this.members.values()].map(({ process }) => process);
  }

  member(name: string): Member {
    const member = this.members.get(name);
    if (member === undefined) throw new RangeError(`there is no process ${name}`);
    return member;
  }

  /** Points every proxy at the port that the database listens on now. */
  leadTo(port: number): void {
    for (const { proxy } of this.members.values()) proxy.leadTo(port);
  }

  /** Stops every process as an operator would; answers those that did not end with 0. */
  async stop(): Promise<readonly string[]> {
    const endings = await Promise.all(
      this.processes.map(async (process) => `${process.name} ended with ${await process.stop()}`),
    );
    await this.closeProxies();
    return endings.filter((text) => !text.endsWith(' 0'));
  }

  /** Ends everything at once, whatever state it is in. */
  async abandon(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop('SIGKILL')));
    await this.closeProxies();
  }

  private closeProxies(): Promise<unknown> {
    return Promise.all([...this.members.values()].map(({ proxy }) => proxy.close()));
  }
}

async function openMember(
  { directory, server, connectionString }: WorldOptions,
  name: string,
  argsFor: (connectionString: string) => readonly string[],
  url: string | null,
): Promise<Member> {
  const proxy = await openTcpProxy(server.port);
  const through = new URL(connectionString);
  through.port = String(proxy.port);
  const clockFile = join(directory, `${name}.clock`);
  const environment = {
    DATABASE_URL: through.href,
    DATABASE_POOL_SIZE: '8',
    TRADEGRAPH_HOME: join(directory, `${name}.home`),
    REPLAY_START: new Date(FEED_START).toISOString(),
    LOG_FORMAT: 'json',
    NODE_ENV: 'production',
    CLOCK_OFFSET_FILE: clockFile,
    PORT: url === null ? '0' : new URL(url).port,
  };
  const process = new SupervisedProcess({
    name,
    args: ['--import', CLOCK_JUMP, ...argsFor(through.href)],
    environment,
    logFile: join(directory, `${name}.log`),
  });
  return { process, proxy, clockFile, url };
}
