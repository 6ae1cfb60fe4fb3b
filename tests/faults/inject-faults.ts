import { INJECTORS, type Surroundings } from './injectors/index.js';
import { FAULT_KINDS, type FaultKind } from './plan/fault-kinds.js';
import type { Fault } from './plan/fault-plan.js';
import { AWAY, unlessAway, type Progress } from './world/progress.js';

/** Faults at work at a time: one that comes while another lasts is worth more than both alone. */
const AT_ONCE = 3;
const LOOK_EVERY_MS = 50;
/** A feed that does not move for so long while faults are done has stopped for good. */
const STALLED_AFTER_MS = 180_000;

/** Which kinds have nothing to be done with here, and why. */
export function unavailableKinds(surroundings: Surroundings): Partial<Record<FaultKind, string>> {
  const reasons: Partial<Record<FaultKind, string>> = {};
  for (const kind of FAULT_KINDS) {
    const reason = INJECTORS[kind].unavailable?.(surroundings) ?? null;
    if (reason !== null) reasons[kind] = reason;
  }
  return reasons;
}

/** Does the faults of a plan, each when the feed has come so far; `onBegun` is told how many. Resolves when all are over. */
export async function injectFaults(
  plan: readonly Fault[],
  surroundings: Surroundings,
  progress: Progress,
  onBegun: (count: number) => void = () => undefined,
): Promise<Partial<Record<FaultKind, number>>> {
  const injected: Partial<Record<FaultKind, number>> = {};
  const atWork = new Set<Promise<void>>();
  let begun = 0;
  const failures: unknown[] = [];
  for (const fault of plan) {
    await untilFed(fault.at, progress);
    while (atWork.size >= AT_ONCE) await Promise.race(atWork);
    if (failures.length > 0) break;
    const done = INJECTORS[fault.kind]
      .inject(fault, surroundings)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => atWork.delete(done));
    atWork.add(done);
    injected[fault.kind] = (injected[fault.kind] ?? 0) + 1;
    onBegun((begun += 1));
  }
  await Promise.all(atWork);
  if (failures.length > 0) throw new Error('a fault could not be done', { cause: failures[0] });
  return injected;
}

async function untilFed(share: number, progress: Progress): Promise<void> {
  let last = -1;
  let movedAt = performance.now();
  for (;;) {
    const fed = await unlessAway(() => progress.fed());
    if (fed !== AWAY && fed >= share) return;
    if (fed !== AWAY && fed > last) {
      last = fed;
      movedAt = performance.now();
    }
    if (performance.now() - movedAt > STALLED_AFTER_MS) throw new Error(`the feed stands still at ${last}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
