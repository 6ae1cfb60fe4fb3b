import { isOrderEvent, type TradingEvent } from '../../domain/trading-event.js';
import type { Metrics } from '../../ports/metrics.js';

/** Counts what has become of orders and what risk has said; to be called once their transaction is committed. */
export function countTradingEvents(metrics: Metrics, events: readonly TradingEvent[]): void {
  for (const event of events) {
    if (event.type === 'risk_decided') {
      const { accountId, approved, deniedCode } = event.decision;
      const outcome = approved ? 'APPROVED' : (deniedCode ?? 'DENIED');
      metrics.count('tradegraph_risk_decisions_total', { account: accountId, outcome });
    } else if (event.type === 'action_taken') {
      const { accountId, kind, outcome } = event.action;
      metrics.count('tradegraph_account_actions_total', { account: accountId, kind, outcome });
    } else if (isOrderEvent(event)) {
      metrics.count('tradegraph_orders_total', {
        account: event.order.accountId,
        event: event.type.replace('order_', ''),
      });
    }
  }
}
