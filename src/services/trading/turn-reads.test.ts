import { describe, expect, it } from 'vitest';
import type { EventBus } from '../../ports/event-bus.js';
import { TurnReads } from './turn-reads.js';

/** Counts what reaches the log. */
function countedLog() {
  const asked: string[] = [];
  const read = (async (topic: string, part: number, from: number) => {
    asked.push(`${topic}/${part}@${from}`);
    if (from < 0) throw new Error('away');
    return [];
  }) as unknown as EventBus['read'];
  return { asked, reads: new TurnReads({ read, oldest: async () => [7] }) };
}

describe('reads of a turn', () => {
  it('reach the log once for all accounts that stand at the same place', async () => {
    const { asked, reads } = countedLog();
    const first = await reads.read('market_data', 1, 5, 500);
    expect(await reads.read('market_data', 1, 5, 500)).toBe(first);
    expect(asked).toEqual(['market_data/1@5']);
  });

  it('reach it again for another place, another partition, another topic and another limit', async () => {
    const { asked, reads } = countedLog();
    await reads.read('market_data', 1, 5, 500);
    await reads.read('market_data', 2, 5, 500);
    await reads.read('trading_signals', 1, 5, 500);
    await reads.read('market_data', 1, 6, 500);
    await reads.read('market_data', 1, 6, 100);
    expect(asked).toHaveLength(5);
  });

  it('reach it again in the next turn, and after a fault', async () => {
    const { asked, reads } = countedLog();
    await reads.read('market_data', 1, 5, 500);
    reads.begin();
    await reads.read('market_data', 1, 5, 500);
    await expect(reads.read('market_data', 1, -1, 500)).rejects.toThrow('away');
    await expect(reads.read('market_data', 1, -1, 500)).rejects.toThrow('away');
    expect(asked).toHaveLength(4);
    expect(await reads.oldest('market_data')).toEqual([7]);
  });
});
