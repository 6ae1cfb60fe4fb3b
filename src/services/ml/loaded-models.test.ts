import { describe, expect, it } from 'vitest';
import { FixedPredictor, makeModel } from '../../../tests/support/ml-service.js';
import type { MlStore } from '../../ports/ml-store.js';
import { LoadedModels, ModelMissingError } from './loaded-models.js';

/** Holds a price model for each id that does not start with "no". */
class CountingStore implements Pick<MlStore, 'model'> {
  readonly reads: string[] = [];

  async model(id: string) {
    this.reads.push(id);
    return id.startsWith('no')
      ? null
      : { model: { ...makeModel({ id }), createdAt: 0 }, artifact: new Uint8Array([0x30]) };
  }
}

const setUp = () => {
  const store = new CountingStore();
  const predictor = new FixedPredictor();
  return { store, predictor, models: new LoadedModels(store, predictor) };
};

describe('the loaded models', () => {
  it('read each model once', async () => {
    const { store, models } = setUp();
    await models.priceModel('a');
    expect((await models.priceModel('a')).id).toBe('a');
    expect(store.reads).toEqual(['a']);
  });

  it('load a model again that the predictor has lost', async () => {
    const { store, predictor, models } = setUp();
    await models.priceModel('a');
    await predictor.unload('a');
    await models.priceModel('a');
    expect(predictor.isLoaded('a')).toBe(true);
    expect(store.reads).toEqual(['a', 'a']);
  });

  it('let the least recently used one go past 200', async () => {
    const { predictor, models } = setUp();
    for (let i = 0; i < 200; i += 1) await models.priceModel(`model-${i}`);
    await models.priceModel('model-0');
    await models.priceModel('one more');
    expect(['model-0', 'model-1', 'model-2', 'one more'].map((id) => predictor.isLoaded(id))).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it('say which model is missing, and that trying again does not help', async () => {
    const { models } = setUp();
    await expect(models.priceModel('none')).rejects.toThrow(ModelMissingError);
    await expect(models.forest('none')).rejects.toMatchObject({ modelId: 'none', retriable: false });
  });
});
