import { describe, expect, it } from 'vitest';
import { FAULT_KINDS, isOnOneProcess } from './fault-kinds.js';
import { planFaults } from './fault-plan.js';

const targets = ['ml-1', 'trading-1'];
const plan = (seed: number, count = 40) => planFaults({ seed, count, targets, kinds: FAULT_KINDS });

describe('planFaults', () => {
  it('gives the same faults for the same seed, and others for another', () => {
    expect(plan(1)).toEqual(plan(1));
    expect(plan(1)).not.toEqual(plan(2));
  });

  it('has every kind in a plan that is long enough, and only kinds that were named', () => {
    expect(new Set(plan(3, FAULT_KINDS.length).map(({ kind }) => kind))).toEqual(new Set(FAULT_KINDS));
    const two = planFaults({ seed: 3, count: 30, targets, kinds: ['kill', 'cut'] });
    expect(new Set(two.map(({ kind }) => kind))).toEqual(new Set(['kill', 'cut']));
  });

  it('comes in the order of the input, and names a process where one is concerned', () => {
    const faults = plan(5);
    expect(faults.map(({ at }) => at)).toEqual(faults.map(({ at }) => at).toSorted((a, b) => a - b));
    for (const { kind, target } of faults) {
      if (isOnOneProcess(kind)) expect(targets).toContain(target);
      else expect(target).toBeNull();
    }
  });
});
