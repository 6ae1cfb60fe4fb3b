import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { invariant } from '../domain/result.js';
import type { Anomaly as StoredAnomaly, AnomalyType } from '../domain/anomaly.js';
import type { Model as StoredModel, Prediction as StoredPrediction } from '../domain/model.js';
import { hasSkill, SKILL_STANDARD_ERRORS } from '../domain/model-skill.js';
import type { Signal as StoredSignal } from '../domain/signal.js';
import { Anomaly, AnomalyCheck } from '../schema/anomaly.js';
import { Model } from '../schema/model.js';
import { AnomalyTypeEnum, MODEL_BACKENDS, ModelBackendEnum, SignalSourceKindEnum } from '../schema/ml-enums.js';
import { Prediction, PredictionInputs, PricePrediction } from '../schema/prediction.js';
import { Signal, SignalSetting } from '../schema/signal.js';
import type { AnomalyCheck as AnomalyFinding } from '../services/ml/detect-anomaly.js';
import type { PricePrediction as PriceForecast } from '../services/ml/predict-price.js';
import type { GraphQLContext } from './context.js';

async function modelOf(context: GraphQLContext, id: string): Promise<StoredModel> {
  const model = await context.loaders.model.load(id);
  invariant(model !== null, `model ${id} is gone, though rows point at it`);
  return model;
}

@Resolver(() => Model)
export class ModelFields {
  @FieldResolver(() => ModelBackendEnum, { description: 'What it was trained on.' })
  backend(@Root() model: StoredModel): keyof typeof ModelBackendEnum {
    return MODEL_BACKENDS[model.backend];
  }

  @FieldResolver(() => Boolean, {
    description: `True when the skill is more than ${SKILL_STANDARD_ERRORS} standard errors above 0: only then does the LSTM signal act on the model.`,
  })
  hasSkill(@Root() model: StoredModel): boolean {
    return hasSkill(model);
  }
}

@Resolver(() => Prediction)
export class PredictionFields {
  @FieldResolver(() => PredictionInputs, { description: 'The bars it was made from.' })
  inputs(@Root() prediction: StoredPrediction): PredictionInputs {
    return { from: prediction.inputFrom, to: prediction.inputTo };
  }

  @FieldResolver(() => Model, { description: 'The model that made it.' })
  model(@Root() prediction: StoredPrediction, @Ctx() context: GraphQLContext) {
    return modelOf(context, prediction.modelId);
  }
}

@Resolver(() => PricePrediction)
export class PricePredictionFields {
  @FieldResolver(() => PredictionInputs, { description: 'The bars it was made from.' })
  inputs(@Root() forecast: PriceForecast): PredictionInputs {
    return { from: forecast.inputFrom, to: forecast.inputTo };
  }

  @FieldResolver(() => Model, { description: 'The model that made it, with its skill.' })
  model(@Root() forecast: PriceForecast): StoredModel {
    return forecast.model;
  }
}

@Resolver(() => AnomalyCheck)
export class AnomalyCheckFields {
  @FieldResolver(() => AnomalyTypeEnum, { nullable: true, description: 'What is unusual; null when nothing is.' })
  anomalyType(@Root() finding: AnomalyFinding): AnomalyType | null {
    return finding.type;
  }

  @FieldResolver(() => Model, { description: 'The model that checked.' })
  model(@Root() finding: AnomalyFinding): StoredModel {
    return finding.model;
  }
}

@Resolver(() => Signal)
export class SignalFields {
  @FieldResolver(() => SignalSourceKindEnum, { description: 'What made it.' })
  kind(@Root() signal: StoredSignal): keyof typeof SignalSourceKindEnum {
    return signal.modelId === null ? 'STRATEGY' : 'MODEL';
  }

  @FieldResolver(() => [SignalSetting], { description: 'The settings it was decided with, by name.', complexity: 0 })
  settings(@Root() signal: StoredSignal): SignalSetting[] {
    return Object.entries(signal.settings)
      .map(([name, value]) => ({ name, value }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  @FieldResolver(() => Prediction, { nullable: true, description: 'The prediction it rests on; null for a rule.' })
  prediction(@Root() signal: StoredSignal, @Ctx() context: GraphQLContext) {
    return signal.predictionId === null ? null : context.loaders.prediction.load(signal.predictionId);
  }

  @FieldResolver(() => Model, { nullable: true, description: 'The model it rests on; null for a rule.' })
  model(@Root() signal: StoredSignal, @Ctx() context: GraphQLContext) {
    return signal.modelId === null ? null : modelOf(context, signal.modelId);
  }
}

@Resolver(() => Anomaly)
export class AnomalyFields {
  @FieldResolver(() => Model, { description: 'The model that found it.' })
  model(@Root() anomaly: StoredAnomaly, @Ctx() context: GraphQLContext) {
    return modelOf(context, anomaly.modelId);
  }
}
