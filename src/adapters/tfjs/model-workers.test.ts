import { afterEach, describe, expect, it } from 'vitest';
import { makeBars } from '../../../tests/support/synthetic-bars.js';
import { IsolationForest } from '../../engines/ml/isolation-forest.js';
import { latestForestRow } from '../../engines/ml/forest-features.js';
import { encodeLstmArtifact, lstmManifest } from '../../engines/ml/lstm-artifact.js';
import { latestLstmWindow } from '../../engines/ml/lstm-features.js';
import { initialLstmWeights } from '../../engines/ml/lstm-weights.js';
import { ModelWorkerError } from './errors.js';
import { ModelPredictor, type ModelPredictorOptions } from './model-predictor.js';
import { trainModel } from './model-trainer.js';
import type { WorkerEntry } from './worker-entry.js';

const small = { units: 4, epochs: 2, batchSize: 128 };
const predictors: ModelPredictor[] = [];

function makePredictor(options: ModelPredictorOptions = {}): ModelPredictor {
  const predictor = new ModelPredictor({ backend: 'wasm', ...options });
  predictors.push(predictor);
  return predictor;
}

/** A worker out of a line of JavaScript. */
function scripted(source: string): WorkerEntry {
  return { url: new URL(`data:text/javascript,${encodeURIComponent(source)}`), execArgv: [] };
}

/** Answers loads; a prediction of `crash` ends the thread, of `hang` gets no answer, else gives one number. */
const moody = scripted(`
  import { parentPort } from 'node:worker_threads';
  const loaded = new Set();
  parentPort.on('message', ({ id, kind, modelId }) => {
    if (kind === 'load') loaded.add(modelId);
    if (kind === 'predict' && modelId === 'crash') throw new Error('out of luck');
    if (kind === 'predict' && modelId === 'hang') for (;;) {}
    parentPort.postMessage({ id, kind: 'done', backend: 'tfjs-wasm', predicted: Float64Array.of(loaded.size) });
  });
`);

const artifact = () => {
  const scaler = { featureMeans: [0, 0, 0, 0, 0], featureScales: [1, 1, 1, 1, 1], targetScale: 1e-3 };
  return encodeLstmArtifact({ manifest: lstmManifest(4, scaler), weights: initialLstmWeights(4, 1).fill(0.1) });
};

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

afterEach(async () => {
  await Promise.all(predictors.splice(0).map((predictor) => predictor.close()));
});

describe('training in a worker', () => {
  it('gives models that predict, the same bytes for the same seed, and tells its progress', async () => {
    const bars = makeBars(520);
    const request = { bars, settings: { seed: 7, lstm: small }, backend: 'wasm' as const };
    const fractions: number[] = [];
    const [first, second] = await Promise.all([
      trainModel(request, { onProgress: (fraction) => fractions.push(fraction) }),
      trainModel(request),
    ]);
    expect(second.lstm.artifact).toEqual(first.lstm.artifact);
    expect(second.forest.artifact).toEqual(first.forest.artifact);
    expect(first).toMatchObject({ backend: 'tfjs-wasm', barCount: 520, trainedFrom: 0, trainedTo: 519 * 60_000 });
    expect(first.lstm.skill).not.toBeNull();
    expect(fractions[0]).toBe(0);
    expect(fractions.at(-1)).toBe(1);
    expect(bars.closes).toHaveLength(520);

    const predictor = makePredictor();
    await predictor.load('m', first.lstm.artifact);
    const predicted = await predictor.predict('m', latestLstmWindow(bars)!);
    expect(predicted).toHaveLength(1);
    expect(Math.abs(predicted[0]!)).toBeLessThan(0.05);
    const forest = IsolationForest.fromBytes(first.forest.artifact);
    expect(forest.decisionFunction(latestForestRow(bars)!)).toHaveLength(1);
  });

  it('refuses too few bars and bad bars, which no retry would help', async () => {
    const tooFew = await failureOf(trainModel({ bars: makeBars(60), settings: { seed: 1 }, backend: 'wasm' }));
    expect(tooFew).toMatchObject({ code: 'REFUSED', workerCode: 'TOO_FEW_BARS', retriable: false });
    const bad = makeBars(520);
    bad.closes[300] = NaN;
    const refused = await failureOf(trainModel({ bars: bad, settings: { seed: 1 }, backend: 'wasm' }));
    expect(refused).toMatchObject({ code: 'REFUSED', retriable: false });
    expect(String(refused)).toContain('Bar 300');
  });

  it('ends at once when it is aborted, before or while it runs', async () => {
    const request = { bars: makeBars(520), settings: { seed: 1 }, backend: 'wasm' as const };
    expect(await failureOf(trainModel(request, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'ABORTED' });
    const abort = new AbortController();
    const running = trainModel(request, { signal: abort.signal, onProgress: () => abort.abort() });
    expect(await failureOf(running)).toMatchObject({ code: 'ABORTED', retriable: false });
  });

  it('fails retriably when the worker crashes, ends without an answer, or hangs', async () => {
    const request = { bars: makeBars(60), settings: { seed: 1 } };
    const run = (source: string) => failureOf(trainModel(request, { entry: scripted(source), deadlineMs: 500 }));
    expect(await run('throw new Error("out of memory")')).toMatchObject({ code: 'CRASHED', retriable: true });
    expect(await run('process.exit(3)')).toMatchObject({ code: 'CRASHED', retriable: true });
    expect(await run('for (;;) {}')).toMatchObject({ code: 'TIMED_OUT', retriable: true });
  });
});

describe('the predictor', () => {
  it('says the backend, refuses models that are not loaded or are damaged, and lets models go', async () => {
    const predictor = makePredictor();
    expect(await predictor.start()).toBe('tfjs-wasm');
    const windows = latestLstmWindow(makeBars(60))!;
    expect(await failureOf(predictor.predict('m', windows))).toMatchObject({ code: 'REFUSED', retriable: false });
    const damaged = predictor.load('m', artifact().slice(0, 50));
    expect(await failureOf(damaged)).toMatchObject({ code: 'REFUSED', workerCode: 'MODEL_FORMAT' });
    expect(predictor.isLoaded('m')).toBe(false);

    await predictor.load('m', artifact());
    expect(predictor.isLoaded('m')).toBe(true);
    expect(await predictor.predict('m', new Float32Array())).toEqual(new Float64Array());
    const [one] = await predictor.predict('m', windows);
    const three = await predictor.predict('m', Float32Array.from([...windows, ...windows, ...windows]));
    expect(three).toEqual(Float64Array.of(one!, one!, one!));
    expect(await failureOf(predictor.predict('m', windows.slice(1)))).toMatchObject({ code: 'REFUSED' });

    await predictor.unload('m');
    expect(await failureOf(predictor.predict('m', windows))).toMatchObject({ code: 'REFUSED' });
  });

  it('fails what is pending when the worker crashes, and has its models again afterwards', async () => {
    const predictor = makePredictor({ entry: moody });
    await predictor.load('a', new Uint8Array(1));
    await predictor.load('b', new Uint8Array(1));
    const failures = await Promise.all(
      ['crash', 'a'].map((id) => failureOf(predictor.predict(id, new Float32Array()))),
    );
    for (const failure of failures) {
      expect(failure).toBeInstanceOf(ModelWorkerError);
      expect(failure).toMatchObject({ code: 'CRASHED', retriable: true });
    }
    expect(await predictor.predict('a', new Float32Array())).toEqual(Float64Array.of(2));
  });

  it('ends a worker that hangs at the deadline, and answers again', async () => {
    const predictor = makePredictor({ entry: moody, deadlineMs: 1_000 });
    await predictor.load('a', new Uint8Array(1));
    const [hung, behind] = await Promise.all(
      ['hang', 'a'].map((id) => failureOf(predictor.predict(id, new Float32Array()))),
    );
    expect(hung).toMatchObject({ code: 'TIMED_OUT', retriable: true });
    expect(behind).toMatchObject({ retriable: true });
    expect(await predictor.predict('a', new Float32Array())).toEqual(Float64Array.of(1));
  });

  it('gives a thread that starts longer than one that is at work', async () => {
    const slow = scripted(`
      import { parentPort } from 'node:worker_threads';
      const until = performance.now() + 500;
      while (performance.now() < until);
      parentPort.on('message', ({ id, modelId }) => {
        if (modelId === 'hang') return;
        parentPort.postMessage({ id, kind: 'done', backend: 'tfjs-wasm', predicted: null });
      });
    `);
    const predictor = makePredictor({ entry: slow, deadlineMs: 200, startDeadlineMs: 10_000 });
    await predictor.load('a', new Uint8Array(1));
    const hung = await failureOf(predictor.predict('hang', new Float32Array()));
    expect(hung).toMatchObject({ code: 'TIMED_OUT', message: expect.stringContaining('200 ms') });
  });

  it('refuses more waiting requests than it has room for', async () => {
    const predictor = makePredictor({ entry: moody });
    const hung = failureOf(predictor.predict('hang', new Float32Array()));
    const waiting = Array.from({ length: 999 }, () => failureOf(predictor.predict('a', new Float32Array())));
    expect(await failureOf(predictor.predict('a', new Float32Array()))).toMatchObject({
      code: 'OVERLOADED',
      retriable: true,
    });
    await predictor.close();
    expect(await hung).toMatchObject({ code: 'CLOSED' });
    expect(await Promise.all(waiting)).toHaveLength(999);
  });

  it('answers nothing after it was closed', async () => {
    const predictor = makePredictor({ entry: moody });
    const pending = failureOf(predictor.predict('hang', new Float32Array()));
    await predictor.close();
    await predictor.close();
    expect(await pending).toMatchObject({ code: 'CLOSED', retriable: false });
    expect(await failureOf(predictor.start())).toMatchObject({ code: 'CLOSED' });
  });
});
