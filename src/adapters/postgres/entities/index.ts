import { AccountActionEntity } from './account-action-entity.js';
import { AccountEntity, PortfolioSnapshotEntity, PositionEntity } from './account-entities.js';
import { BacktestEntity, RoundTripEntity } from './backtest-entities.js';
import { DeploymentEntity } from './deployment-entity.js';
import { DataQualityEntity, InstrumentEntity, TrackedSymbolEntity } from './instrument-entities.js';
import { AnomalyEntity, ModelEntity, PredictionEntity, SignalEntity } from './ml-entities.js';
import { FillEntity, OrderEntity, RiskDecisionEntity } from './order-entities.js';
import { SearchEntity, SearchRunEntity } from './search-entities.js';

/** The entities that reads go through. Series of bars are never read as entities. */
export const ENTITIES = [
  InstrumentEntity,
  TrackedSymbolEntity,
  DataQualityEntity,
  ModelEntity,
  PredictionEntity,
  SignalEntity,
  AnomalyEntity,
  AccountEntity,
  AccountActionEntity,
  PositionEntity,
  PortfolioSnapshotEntity,
  OrderEntity,
  FillEntity,
  RiskDecisionEntity,
  BacktestEntity,
  RoundTripEntity,
  DeploymentEntity,
  SearchEntity,
  SearchRunEntity,
];
