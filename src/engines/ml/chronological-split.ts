/** Sample indices [start, end). */
export interface SampleRange {
  readonly start: number;
  readonly end: number;
}

export interface ChronologicalSplit {
  /** The weights and the scaler are learnt here. */
  readonly training: SampleRange;
  /** Decides when to stop; never the evidence for the model. */
  readonly validation: SampleRange;
  /** The newest samples: seen once, by the finished model, for its skill. */
  readonly test: SampleRange;
}

const VALIDATION_SHARE = 0.1;
const TEST_SHARE = 0.2;

/**
 * Splits samples in order of time: 70 % training, 10 % validation, 20 % test, with `gap` samples left out between them
 * so that no bar of one part is seen by another.
 * @param sampleCount samples, oldest first
 * @param gap samples to leave out at each border
 * @returns null when a part would be empty
 */
export function chronologicalSplit(sampleCount: number, gap: number): ChronologicalSplit | null {
  const usable = sampleCount - 2 * gap;
  const testCount = Math.floor(usable * TEST_SHARE);
  const validationCount = Math.floor(usable * VALIDATION_SHARE);
  const trainingCount = usable - testCount - validationCount;
  if (testCount < 1 || validationCount < 1 || trainingCount < 1) return null;
  const validationStart = trainingCount + gap;
  const testStart = validationStart + validationCount + gap;
  return {
    training: { start: 0, end: trainingCount },
    validation: { start: validationStart, end: validationStart + validationCount },
    test: { start: testStart, end: sampleCount },
  };
}
