import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { checkRun, type Checked } from './check/check-run.js';
import { injectFaults, unavailableKinds } from './inject-faults.js';
import { oneAtATime, type Surroundings } from './injectors/index.js';
import { FAULT_KINDS, type FaultKind } from './plan/fault-kinds.js';
import { planFaults } from './plan/fault-plan.js';
import type { FaultReport } from './report.js';
import type { AuditVariant } from './world/audit.js';
import { openEngines, REFERENCE_WORLD, type Engines } from './world/engines.js';
import type { Input } from './world/input.js';
import { progressOf, untilNothingIsLeft } from './world/progress.js';
import { Subscriber } from './world/subscriber.js';
import { World, type WorldProcesses } from './world/world.js';

export interface FaultRunOptions {
  readonly seed: number;
  readonly faults: number;
  /** In the log at the end, about: the disk is made for them. */
  readonly events: number;
  readonly input: Input;
  /** On Kafka and Redis, instead of PostgreSQL alone. */
  readonly services: boolean;
  /** Processes in the disturbed run. */
  readonly processes: WorldProcesses;
  readonly directory: string | null;
  readonly auditVariant?: AuditVariant;
  /** Names of processes to do faults to; all by default. */
  readonly targets?: readonly string[];
  /** All by default. */
  readonly kinds?: readonly FaultKind[];
}

/** Wall time that the input gives a fault, on average: several overlap, and a killed process is at work again in about 4 s. */
const SECONDS_A_FAULT = 1.8;
const BASE_DISK_MB = 400;
/** Of disk, twice, with indexes and write-ahead log. */
const DISK_KB_AN_EVENT = 24;

interface Place {
  readonly directory: string;
  readonly engines: Engines;
  readonly worlds: World[];
}

/** The same input twice, once undisturbed and once under the faults of the seed; then looks at what is left. */
export async function runWithFaults(options: FaultRunOptions): Promise<FaultReport> {
  const parent = options.directory ?? tmpdir();
  await mkdir(parent, { recursive: true });
  const directory = await mkdtemp(join(parent, `faults-${options.seed}-`));
  const worlds: World[] = [];
  const engines = await openEngines({
    directory,
    diskMegabytes: BASE_DISK_MB + Math.ceil((options.events * DISK_KB_AN_EVENT) / 1024),
    services: options.services,
    onPort: (port) => worlds.forEach((world) => world.leadTo(port)),
  });
  let isRight = false;
  try {
    const report = await run(options, { directory, engines, worlds });
    // A planted bug is known.
    isRight = report.violations.length === 0 || (options.auditVariant ?? 'right') !== 'right';
    return report;
  } finally {
    await Promise.all(worlds.map((world) => world.abandon()));
    await engines.close();
    // Logs of a run that went wrong are what its fault is found by.
    if (isRight) await rm(directory, { recursive: true, force: true });
    else console.log(`logs of the processes: ${directory}`);
  }
}

async function run(options: FaultRunOptions, place: Place): Promise<FaultReport> {
  const startedAt = performance.now();
  const { input } = options;
  const names = [REFERENCE_WORLD, 'disturbed'] as const;
  const urls = await input.prepare(place.engines.server.connectionString, names);
  const [clean, disturbed] = [openChecked(urls[0]), openChecked(urls[1])];
  try {
    await playUndisturbed(options, clean, place);
    const cleanAt = performance.now();
    const disturbance = await playDisturbed(options, disturbed, place);
    const disturbedAt = performance.now();
    const findings = await checkRun(clean, disturbed, input.startsAt);
    return {
      seed: options.seed,
      fed: input.faults(),
      ...disturbance,
      ...findings,
      violations: [...disturbance.violations, ...findings.violations],
      tookMs: performance.now() - startedAt,
      cleanMs: cleanAt - startedAt,
      disturbedMs: disturbedAt - cleanAt,
    };
  } finally {
    await Promise.all([clean.pool.end(), disturbed.pool.end()]);
  }
}

/** One process of each role that acts, nothing in their way, as fast as they can. */
async function playUndisturbed(
  { input, processes }: FaultRunOptions,
  { connectionString, pool }: Checked,
  place: Place,
) {
  const world = await World.open({
    name: REFERENCE_WORLD,
    directory: join(place.directory, REFERENCE_WORLD),
    engines: place.engines,
    connectionString,
    input,
    seconds: 0,
    processes: {
      ingestion: 1,
      ml: Math.min(1, processes.ml),
      trading: Math.min(1, processes.trading),
      backtesting: 0,
      api: 0,
      audit: 0,
    },
    auditVariant: 'right',
  });
  place.worlds.push(world);
  await world.start();
  world.startInput();
  const left = await untilNothingIsLeft(progressOf(pool, input, processes.trading > 0));
  await world.stop();
  if (left !== null) throw new Error(`the clean run has not come to its end: ${left}`);
}

type Disturbance = Pick<
  FaultReport,
  'planned' | 'injected' | 'skipped' | 'seenBySubscriber' | 'unaskedEnds' | 'recoveredInMs' | 'violations'
>;

async function playDisturbed(
  options: FaultRunOptions,
  { connectionString, pool }: Checked,
  place: Place,
): Promise<Disturbance> {
  const { seed, input, processes, faults: count, auditVariant = 'right' } = options;
  const { engines } = place;
  const world = await World.open({
    name: 'disturbed',
    directory: join(place.directory, 'disturbed'),
    engines,
    connectionString,
    input,
    seconds: count * SECONDS_A_FAULT,
    processes,
    auditVariant,
  });
  place.worlds.push(world);
  await world.start();
  const subscriber = world.apiUrl === null ? null : await Subscriber.open(world.apiUrl);
  world.startInput();
  const surroundings: Surroundings = { world, engines, pool, onServer: oneAtATime(), onServices: oneAtATime() };
  const skipped = unavailableKinds(surroundings);
  const kinds = (options.kinds ?? FAULT_KINDS).filter((kind) => skipped[kind] === undefined);
  const targets = options.targets ?? world.processes.map(({ name }) => name);
  const plan = planFaults({ seed, count, targets, kinds });
  const progress = progressOf(pool, input, processes.trading > 0);
  const injected = await injectFaults(plan, surroundings, progress, tellTenths(plan.length));
  const faultsOverAt = performance.now();
  const left = await untilNothingIsLeft(progress);
  const recoveredInMs = performance.now() - faultsOverAt;
  await world.untilReady();
  const seen = (await subscriber?.finish(pool)) ?? { count: 0, violations: [] };
  const badEndings = await world.stop();
  return {
    planned: plan.length,
    injected,
    skipped,
    seenBySubscriber: seen.count,
    unaskedEnds: world.processes
      .filter(({ unasked }) => unasked.length > 0)
      .map(({ name, unasked }) => `${name}: ${unasked.join(' ')}`),
    recoveredInMs,
    violations: [
      ...(left === null ? [] : [`10 still to do: ${left}`]),
      ...badEndings.map((ending) => `a process did not stop in good order: ${ending}`),
      ...seen.violations,
    ],
  };
}

/** Says each tenth of the faults that has begun: a long run takes an hour. */
function tellTenths(planned: number): (begun: number) => void {
  const startedAt = performance.now();
  return (begun) => {
    if (Math.floor((begun * 10) / planned) === Math.floor(((begun - 1) * 10) / planned)) return;
    console.log(`${begun} of ${planned} faults begun, ${Math.round((performance.now() - startedAt) / 1000)} s`);
  };
}

function openChecked(connectionString = ''): Checked {
  const pool = new Pool({ connectionString, max: 3, application_name: 'fault-harness', query_timeout: 60_000 });
  pool.on('error', () => undefined);
  return { connectionString, pool };
}
