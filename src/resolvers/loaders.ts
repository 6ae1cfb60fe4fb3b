import DataLoader from 'dataloader';
import type { Model, Prediction } from '../domain/model.js';
import type { Signal } from '../domain/signal.js';
import type { AccountView, FillView, ReadModel, RiskDecisionView, StoredOrderView } from '../ports/read-model.js';

type ById<T> = DataLoader<string, T | null>;

/** Nested lookups, collected over one tick of an operation and asked in one query each. */
export interface Loaders {
  readonly account: ById<AccountView>;
  readonly order: ById<StoredOrderView>;
  readonly riskDecision: ById<RiskDecisionView>;
  readonly signal: ById<Signal>;
  readonly prediction: ById<Prediction>;
  readonly model: ById<Model>;
  readonly fillsOfOrder: DataLoader<string, readonly FillView[]>;
}

function byId<T extends { readonly id: string }>(find: (ids: readonly string[]) => Promise<readonly T[]>): ById<T> {
  return new DataLoader(async (ids) => {
    const found = new Map((await find(ids)).map((item) => [item.id, item]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

export function createLoaders({ ml, trading }: ReadModel): Loaders {
  return {
    account: byId((ids) => trading.accountsById(ids)),
    order: byId((ids) => trading.ordersById(ids)),
    riskDecision: byId((ids) => trading.riskDecisionsById(ids)),
    signal: byId((ids) => ml.signalsById(ids)),
    prediction: byId((ids) => ml.predictionsById(ids)),
    model: byId((ids) => ml.modelsById(ids)),
    fillsOfOrder: new DataLoader(async (orderIds) => {
      const fills = new Map<string, FillView[]>(orderIds.map((orderId) => [orderId, []]));
      for (const fill of await trading.fillsOfOrders(orderIds)) fills.get(fill.orderId)?.push(fill);
      return orderIds.map((orderId) => fills.get(orderId) ?? []);
    }),
  };
}
