import { defineStrategy } from '../../../src/engines/strategies/strategy.js';

let count = 0;

/** Fails each run with the number of times that it has been prepared in its thread, and with what for. */
export default defineStrategy({
  name: 'counts-preparations',
  description: 'A strategy of the tests',
  parameters: {
    model: { kind: 'INTEGER', description: 'What it is prepared with', default: 1, min: 1, max: 10_000 },
    other: { kind: 'INTEGER', description: 'What its preparation does not read', default: 1, min: 1, max: 10 },
  },
  warmUpBars: () => 0,
  prepareReads: ['model'],
  prepare(bars, { model }) {
    count += 1;
    if (model === 9) return Promise.reject(new Error(`attempt ${count} at 9`));
    const told = Float64Array.from(bars[0]?.closes ?? [], () => model * 1_000 + count);
    return Promise.resolve({ lines: [{ told }], remarks: [] });
  },
  create(setup, { model, other }) {
    const line = setup.prepared()['told'];
    return {
      onBar() {
        const told = line?.now ?? NaN;
        throw new Error(
          `model ${model} other ${other}: prepared with ${Math.floor(told / 1_000)} as number ${told % 1_000}`,
        );
      },
    };
  },
});
