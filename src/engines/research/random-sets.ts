import { err, ok, type Result } from '../../domain/result.js';
import { SeededRandom } from '../ml/seeded-random.js';
import type { ParameterValue } from '../strategies/parameters.js';
import { fittingPoints, gridSize, setAt, type SearchInput, type SetList } from './grid-sets.js';
import { parameterKey, type ParameterSet } from './parameter-set.js';
import type { SearchRefusal } from './search-refusal.js';

/** Draws allowed for each set asked for: a strategy that refuses 99 sets of 100 ends the search short, not never. */
const DRAWS_PER_SAMPLE = 100;

/** Different sets in random order. Where the space is small enough to be listed, it is shuffled; else sets are drawn. */
export function randomSets(input: SearchInput, samples: number, seed: number): Result<SetList, SearchRefusal> {
  if (!Number.isInteger(samples) || samples < 1) {
    return err({ code: 'BAD_SAMPLES', parameter: null, message: `samples: ${samples} is not a whole number above 0` });
  }
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    const message = `seed: ${seed} is not a whole number from 0 to ${2 ** 32 - 1}`;
    return err({ code: 'BAD_SAMPLES', parameter: null, message });
  }
  if (samples > input.maxSets) {
    const message = `${samples} samples; at most ${input.maxSets} are tried`;
    return err({ code: 'TOO_MANY_SETS', parameter: null, message });
  }
  const random = new SeededRandom(seed);
  const size = gridSize(input.axes);
  return ok(size <= input.maxSets ? shuffled(input, size, samples, random) : drawn(input, samples, random));
}

function shuffled(input: SearchInput, size: number, samples: number, random: SeededRandom): SetList {
  const points = fittingPoints(input, size);
  const unfitCount = size - points.length;
  random.shuffle(points, samples);
  const chosen = points.slice(0, samples);
  return { length: chosen.length, unfitCount, at: (index) => setAt(input, chosen[index] as number) };
}

function drawn(input: SearchInput, samples: number, random: SeededRandom): SetList {
  const sets: ParameterSet[] = [];
  const seen = new Set<string>();
  let unfitCount = 0;
  for (let draw = 0; draw < samples * DRAWS_PER_SAMPLE && sets.length < samples; draw += 1) {
    const values = drawSet(input, random);
    if (!input.fits(values)) {
      unfitCount += 1;
      continue;
    }
    const key = parameterKey(values);
    if (seen.has(key)) continue;
    seen.add(key);
    sets.push(values);
  }
  return { length: sets.length, unfitCount, at: (index) => sets[index] as ParameterSet };
}

function drawSet(input: SearchInput, random: SeededRandom): ParameterSet {
  const values: Record<string, ParameterValue> = { ...input.base };
  for (const axis of input.axes) {
    values[axis.parameter] =
      axis.kind === 'LIST'
        ? (axis.values[random.nextBelow(axis.values.length)] as ParameterValue)
        : axis.from + (axis.to - axis.from) * random.nextFloat();
  }
  return values;
}
