import { describe, expect, it } from 'vitest';
import { decodePartitions, encodePartitions } from './wake-up.js';

describe('the message of a wake-up', () => {
  it('names topics and partitions, and is read back', () => {
    const partitions = [
      { topic: 'market_data' as const, part: 0 },
      { topic: 'market_data' as const, part: 7 },
      { topic: 'orders.dlq' as const, part: 3 },
    ];
    expect(encodePartitions(partitions)).toBe('market_data:0,7;orders.dlq:3');
    expect(decodePartitions('market_data:0,7;orders.dlq:3')).toEqual(partitions);
  });

  it('is ignored where it names what does not exist', () => {
    expect(decodePartitions('nonsense;orders:9,-1,x,1.5;market_data:2;:;constructor:1')).toEqual([
      { topic: 'market_data', part: 2 },
    ]);
  });
});
