import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { checkInvariants } from '../support/invariants.js';
import { stateDigest } from '../support/state-digest.js';
import { compareLogs } from './check/compare-logs.js';
import { auditFindings } from './check/effects.js';
import { logViolations } from './check/log-invariants.js';
import { injectFaults, unavailableKinds } from './inject-faults.js';
import type { Surroundings } from './injectors/index.js';
import { FAULT_KINDS, type FaultKind } from './plan/fault-kinds.js';
import { planFaults } from './plan/fault-plan.js';
import type { FaultReport } from './report.js';
import type { AuditVariant } from './world/audit.js';
import { DatabaseServer } from './world/database-server.js';
import { Feed, FEED_START, type FeedOptions } from './world/feed.js';
import { prepareDatabases } from './world/prepare-database.js';
import { progressOf, type Progress } from './world/progress.js';
import { openSmallDisk, type SmallDisk } from './world/small-disk.js';
import { Subscriber } from './world/subscriber.js';
import { World, type WorldProcesses } from './world/world.js';

export interface FaultRunOptions {
  readonly seed: number;
  readonly faults: number;
  readonly events: number;
  readonly directory: string | null;
  readonly auditVariant?: AuditVariant;
  /** Processes of each role in the disturbed run; all of them by default. */
  readonly processes?: WorldProcesses;
  /** Names of processes to do faults to; all by default. */
  readonly targets?: readonly string[];
  /** All by default. */
  readonly kinds?: readonly FaultKind[];
}

const EVERY_ROLE: WorldProcesses = { ml: 2, trading: 2, api: 1, audit: 2 };

/** A bar makes one event, an answer of each of two signal sources, and about one of portfolios and orders. */
const EVENTS_A_BAR = 4.1;
/** As many minutes as keep a series below what the program would train a model on (500 bars, 280 of them the past). */
const MINUTES = 180;
/** Wall time that the feed gives a fault, on average: several overlap, and a killed process is at work again in about 4 s. */
const FEED_MS_A_FAULT = 1_800;
const LEFT_TO_DO_DEADLINE_MS = 120_000;
const LOOK_EVERY_MS = 100;
const BASE_DISK_MB = 400;
/** Of disk, with its indexes and its write-ahead log. */
const DISK_KB_AN_EVENT = 12;

export function feedFor({ seed, events }: Pick<FaultRunOptions, 'seed' | 'events'>): FeedOptions {
  return { seed, minutes: MINUTES, symbols: Math.max(4, Math.ceil(events / (MINUTES * EVENTS_A_BAR))) };
}

/** The same input twice, once undisturbed and once under the faults of the seed; then looks at what is left. */
export async function runWithFaults(options: FaultRunOptions): Promise<FaultReport> {
  const startedAt = performance.now();
  const parent = options.directory ?? tmpdir();
  await mkdir(parent, { recursive: true });
  const directory = await mkdtemp(join(parent, `faults-${options.seed}-`));
  const disk = await openSmallDisk(
    join(directory, 'disk'),
    BASE_DISK_MB + Math.ceil((options.events * 2 * DISK_KB_AN_EVENT) / 1024),
  );
  const worlds: World[] = [];
  const server = new DatabaseServer(disk.path, (port) => worlds.forEach((world) => world.leadTo(port)));
  let report: FaultReport | null = null;
  try {
    report = await run(options, { directory, disk, server, worlds }, startedAt);
    return report;
  } finally {
    await Promise.all(worlds.map((world) => world.abandon()));
    await server.stop().catch(() => undefined);
    await disk.remove();
    // Logs of a run that went wrong are what its fault is found by; a planted one is known.
    const isPlanted = (options.auditVariant ?? 'right') !== 'right';
    if (report !== null && (report.violations.length === 0 || isPlanted))
      await rm(directory, { recursive: true, force: true });
    else console.log(`logs of the processes: ${directory}`);
  }
}

interface Place {
  readonly directory: string;
  readonly disk: SmallDisk;
  readonly server: DatabaseServer;
  readonly worlds: World[];
}

async function run(options: FaultRunOptions, place: Place, startedAt: number): Promise<FaultReport> {
  const { server, disk } = place;
  const { seed, auditVariant = 'right', processes = EVERY_ROLE } = options;
  const feed = new Feed(feedFor(options));
  await server.ensureRunning();
  const [clean, disturbed] = await prepareDatabases(server.connectionString, ['clean', 'disturbed'], feed);
  const [cleanPool, pool] = [openPool(clean), openPool(disturbed)];
  try {
    await playUndisturbed(feed, clean, cleanPool, processes, place);
    const world = await World.open({
      directory: join(place.directory, 'disturbed'),
      server,
      connectionString: disturbed,
      feed: feed.options,
      paceMs: (options.faults * FEED_MS_A_FAULT) / feed.options.minutes,
      processes,
      auditVariant,
    });
    place.worlds.push(world);
    await world.start();
    const apiUrl = [...world.members.values()].find(({ url }) => url !== null)?.url ?? null;
    const subscriber = apiUrl === null ? null : await Subscriber.open(apiUrl);
    world.startFeed();
    const surroundings: Surroundings = { world, server, disk, pool, onServer: oneAtATime() };
    const skipped = unavailableKinds(surroundings);
    const kinds = (options.kinds ?? FAULT_KINDS).filter((kind) => skipped[kind] === undefined);
    const targets = options.targets ?? world.processes.map(({ name }) => name);
    const plan = planFaults({ seed, count: options.faults, targets, kinds });
    const progress = progressOf(pool, feed.options.minutes);
    const { injected } = await injectFaults(plan, surroundings, progress);
    const faultsOverAt = performance.now();
    const stuck = await untilNothingIsLeft(progress);
    const recoveredInMs = performance.now() - faultsOverAt;
    const log = await compareLogs(cleanPool, pool);
    const seen = (await subscriber?.finish(pool)) ?? { count: 0, violations: [] };
    const badEndings = await world.stop();
    const audit = await auditFindings(pool);
    const violations = [
      ...(stuck === null ? [] : [`10 still to do after ${LEFT_TO_DO_DEADLINE_MS / 1000} s: ${stuck}`]),
      ...badEndings.map((ending) => `a process did not stop in good order: ${ending}`),
      ...(await checkInvariants(disturbed)),
      ...(await logViolations(pool, FEED_START)),
      ...seen.violations,
      ...(await digestDifferences(clean, disturbed)),
      ...auditViolations(audit),
    ];
    return {
      seed,
      planned: plan.length,
      injected,
      skipped,
      fed: feed.faults(),
      events: log.events,
      lost: log.lost + audit.lost,
      duplicated: log.duplicated + audit.duplicated,
      outOfOrder: audit.outOfOrder,
      seenBySubscriber: seen.count,
      unaskedEnds: world.processes
        .filter(({ unasked }) => unasked.length > 0)
        .map(({ name, unasked }) => `${name}: ${unasked.join(' ')}`),
      recoveredInMs,
      tookMs: performance.now() - startedAt,
      violations,
    };
  } finally {
    await Promise.all([cleanPool.end(), pool.end()]);
  }
}

/** One process of each role, nothing in their way, as fast as they can. */
async function playUndisturbed(
  feed: Feed,
  connectionString: string,
  pool: Pool,
  { ml, trading }: WorldProcesses,
  place: Place,
): Promise<void> {
  const world = await World.open({
    directory: join(place.directory, 'clean'),
    server: place.server,
    connectionString,
    feed: feed.options,
    paceMs: 0,
    processes: { ml: Math.min(1, ml), trading: Math.min(1, trading), api: 0, audit: 0 },
    auditVariant: 'right',
  });
  place.worlds.push(world);
  await world.start();
  world.startFeed();
  const stuck = await untilNothingIsLeft(progressOf(pool, feed.options.minutes));
  await world.stop();
  if (stuck !== null) throw new Error(`the clean run has not come to its end: ${stuck}`);
}

/** Waits for the end of the feed, and then until everybody has acted on it; answers what is left when that takes too long. */
async function untilNothingIsLeft(progress: Progress): Promise<string | null> {
  let left: string | null = 'not looked yet';
  let movedAt = performance.now();
  let last = -1;
  for (;;) {
    const fed = await progress.fed().catch(() => last);
    if (fed > last) {
      last = fed;
      movedAt = performance.now();
    }
    left = fed < 1 ? `the feed stands at ${fed}` : await progress.leftToDo().catch((error: unknown) => String(error));
    if (left === null || performance.now() - movedAt > LEFT_TO_DO_DEADLINE_MS) return left;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function digestDifferences(clean: string, disturbed: string): Promise<string[]> {
  const [expected, found] = [await stateDigest(clean), await stateDigest(disturbed)];
  return Object.entries(expected)
    .filter(([part, digest]) => found[part] !== digest)
    .map(([part, digest]) => `11 ${part}: ${found[part]}; the clean run has ${digest}`);
}

function auditViolations({
  lost,
  duplicated,
  outOfOrder,
  unknown,
}: Awaited<ReturnType<typeof auditFindings>>): string[] {
  return [
    ...(lost > 0 ? [`8 lost: ${lost} events have had no effect`] : []),
    ...(duplicated > 0 ? [`8 duplicated: ${duplicated} effects of events that had theirs`] : []),
    ...(outOfOrder > 0 ? [`8 out of order: ${outOfOrder} effects`] : []),
    ...(unknown > 0 ? [`8 unknown: ${unknown} effects of events that are not in the log`] : []),
  ];
}

function oneAtATime(): Surroundings['onServer'] {
  let turn: Promise<unknown> = Promise.resolve();
  return (act) => {
    const result = turn.then(act);
    turn = result.catch(() => undefined);
    return result;
  };
}

function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 3, application_name: 'fault-harness', query_timeout: 60_000 });
  pool.on('error', () => undefined);
  return pool;
}
