import type { Model } from '../../domain/model.js';
import { IsolationForest } from '../../engines/ml/isolation-forest.js';
import type { MlStore, ModelWithArtifact } from '../../ports/ml-store.js';
import type { PricePredictor } from '../../ports/model-runner.js';

export interface LoadedForest {
  readonly model: Model;
  readonly forest: IsolationForest;
}

/** Models kept ready at once, of each kind, where the process does not say what it has room for. */
const KEPT_MODELS = 200;
/** A decoded forest of 100 trees takes up to 700 KB, an LSTM of 32 units some 100 KB in both threads. */
export const BYTES_A_PAIR = 800_000;

/** A model that the log names is not in the database. Retrying does not help. */
export class ModelMissingError extends Error {
  override readonly name = 'ModelMissingError';
  readonly retriable = false;
  constructor(readonly modelId: string) {
    super(`model ${modelId} is not in the database`);
  }
}

/**
 * Models ready to run in this process, read from the store once each. The forest runs on the calling thread (some
 * microseconds a row), price models in the predictor's worker. The least recently used one is let go at the bound.
 */
export class LoadedModels {
  private readonly priceModels = new Map<string, Model>();
  private readonly forests = new Map<string, LoadedForest>();

  /**
   * @param kept models of each kind at once, BYTES_A_PAIR for both: at least as many as symbols that the process serves.
   *   Symbols come in the same order each minute, so with fewer each model is let go just before it is asked for again.
   */
  constructor(
    private readonly store: Pick<MlStore, 'model'>,
    readonly predictor: PricePredictor,
    private readonly kept: number = KEPT_MODELS,
  ) {}

  /** The evidence of a price model, which is then ready in the predictor. Throws ModelMissingError and what `load` throws. */
  async priceModel(modelId: string): Promise<Model> {
    const known = this.priceModels.get(modelId);
    if (known !== undefined && this.predictor.isLoaded(modelId)) return this.keep(this.priceModels, modelId, known);
    const { model, artifact } = await this.read(modelId);
    await this.predictor.load(modelId, artifact);
    this.keep(this.priceModels, modelId, model);
    const dropped = this.dropOldest(this.priceModels);
    if (dropped !== null) await this.predictor.unload(dropped);
    return model;
  }

  /** A forest, decoded. Throws ModelMissingError, and ModelFormatError for a broken artifact. */
  async forest(modelId: string): Promise<LoadedForest> {
    const known = this.forests.get(modelId);
    if (known !== undefined) return this.keep(this.forests, modelId, known);
    const { model, artifact } = await this.read(modelId);
    const loaded = this.keep(this.forests, modelId, { model, forest: IsolationForest.fromBytes(artifact) });
    this.dropOldest(this.forests);
    return loaded;
  }

  private async read(modelId: string): Promise<ModelWithArtifact> {
    const stored = await this.store.model(modelId);
    if (stored === null) throw new ModelMissingError(modelId);
    return stored;
  }

  /** Puts it at the end: a Map's keys are in the order they were set, so the least recently used one comes first. */
  private keep<T>(models: Map<string, T>, modelId: string, model: T): T {
    models.delete(modelId);
    models.set(modelId, model);
    return model;
  }

  private dropOldest(models: Map<string, unknown>): string | null {
    if (models.size <= this.kept) return null;
    const [oldest] = models.keys();
    if (oldest === undefined) return null;
    models.delete(oldest);
    return oldest;
  }
}
