import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.js';
import type { AuditVariant } from './audit.js';
import type { Engines } from './engines.js';
import type { Input, ProcessPlan } from './input.js';
import { builtChild, CLOCK_JUMP, roleProgram } from './programs.js';
import { SupervisedProcess } from './supervised-process.js';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.js';

/** Roles of the program that the world runs in processes of their own, whatever its input. */
const PROGRAM_ROLES = ['ml', 'trading', 'backtesting', 'api'] as const;
type ProgramRole = (typeof PROGRAM_ROLES)[number];

/** Processes of each kind. `ingestion` is what brings the input in; of a feed there is one. */
export type WorldProcesses = Readonly<Record<ProgramRole | 'ingestion' | 'audit', number>>;

export interface WorldOptions {
  readonly name: string;
  readonly directory: string;
  readonly engines: Engines;
  /** Of the world's database, past the proxies. */
  readonly connectionString: string;
  readonly input: Input;
  /** Seconds that the input is to take; 0: as few as possible. */
  readonly seconds: number;
  readonly processes: WorldProcesses;
  readonly auditVariant: AuditVariant;
}

/** One process of the world, with its way to the database and its wall clock. */
export interface Member {
  readonly process: SupervisedProcess;
  readonly proxy: TcpProxy;
  /** Holds the milliseconds by which its clock is off. */
  readonly clockFile: string;
  readonly startsLast: boolean;
  /** http://127.0.0.1:port where it serves the API, if it does. */
  readonly url: string;
}

/** The program in several processes, its database, and what feeds and audits it. */
export class World {
  private constructor(readonly members: ReadonlyMap<string, Member>) {}

  static async open(options: WorldOptions): Promise<World> {
    await mkdir(options.directory, { recursive: true });
    const members = new Map<string, Member>();
    for (const plan of processPlans(options)) members.set(plan.name, await openMember(options, plan));
    return new World(members);
  }

  /** Starts all but what sets the input in motion, and waits until they are at work. */
  async start(): Promise<void> {
    const others = [...this.members.values()].filter(({ startsLast }) => !startsLast);
    others.forEach(({ process }) => process.start());
    await Promise.all(others.map(({ process }) => process.untilReady()));
  }

  startInput(): void {
    for (const { process, startsLast } of this.members.values()) if (startsLast) process.start();
  }

  /** Waits until every process is at work: one that was just started again does not hear SIGTERM yet. */
  async untilReady(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.untilReady()));
  }

  get processes(): readonly SupervisedProcess[] {
    return [...this.members.values()].map(({ process }) => process);
  }

  member(name: string): Member {
    const member = this.members.get(name);
    if (member === undefined) throw new RangeError(`there is no process ${name}`);
    return member;
  }

  /** Address of the first API process; null when there is none. */
  get apiUrl(): string | null {
    return this.members.get('api-1')?.url ?? null;
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

function processPlans({
  input,
  seconds,
  processes,
  auditVariant,
  engines,
  name,
}: WorldOptions): readonly ProcessPlan[] {
  const several = (
    kind: keyof WorldProcesses,
    args: ProcessPlan['args'],
    startsLast: boolean,
  ): readonly ProcessPlan[] =>
    Array.from({ length: processes[kind] }, (_, index) => ({ name: `${kind}-${index + 1}`, args, startsLast }));
  const kafka = engines.kafkaSettings(name);
  return [
    ...input.processes(processes.ingestion, seconds),
    ...PROGRAM_ROLES.flatMap((role) => several(role, () => roleProgram(role), input.rolesThatStartLast.includes(role))),
    ...several(
      'audit',
      (connectionString) => [
        builtChild('audit-process'),
        JSON.stringify({ connectionString, variant: auditVariant, kafka }),
      ],
      false,
    ),
  ];
}

async function openMember(options: WorldOptions, { name, args, startsLast }: ProcessPlan): Promise<Member> {
  const { directory, engines, connectionString, input, seconds } = options;
  const proxy = await openTcpProxy(engines.server.port);
  const through = new URL(connectionString);
  through.port = String(proxy.port);
  const clockFile = join(directory, `${name}.clock`);
  const port = await freePort();
  const process = new SupervisedProcess({
    name,
    args: ['--import', CLOCK_JUMP, ...args(through.href)],
    environment: {
      ...input.environment(seconds),
      ...engines.environment(options.name),
      DATABASE_URL: through.href,
      DATABASE_POOL_SIZE: '8',
      TRADEGRAPH_HOME: join(directory, `${name}.home`),
      LOG_FORMAT: 'json',
      NODE_ENV: 'production',
      CLOCK_OFFSET_FILE: clockFile,
      PORT: String(port),
    },
    logFile: join(directory, `${name}.log`),
  });
  return { process, proxy, clockFile, startsLast, url: `http://127.0.0.1:${port}` };
}
