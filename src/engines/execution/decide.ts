import type { OrderState } from '../../domain/order-state.js';
import type { RiskDecision } from '../../domain/risk-decision.js';
import { approve, type Denied, type RiskApproved } from '../risk/approve.js';
import type { OrderIntent } from '../risk/order-intent.js';
import type { AccountDraft } from './account-draft.js';
import { orderOf } from './order-state.js';
import { riskViewOf } from './risk-view-of.js';

/** Asks risk about an intent, without any effect. */
export const askRisk = (draft: AccountDraft, intent: OrderIntent, nowMs: number): RiskApproved<OrderIntent> | Denied =>
  approve(intent, riskViewOf(draft, intent, nowMs), draft.settings.limits, draft.record.isFull);

/**
 * Asks risk about an intent, records what it says, and stores the order when it is approved. Answers null for a denied
 * one. A short record leaves approvals out. `status` is PENDING for an order that a broker must still accept.
 */
export function decide(
  draft: AccountDraft,
  intent: OrderIntent,
  about: { readonly nowMs: number; readonly decisionId: string; readonly status: 'PENDING' | 'ACCEPTED' },
): OrderState | null {
  const outcome = askRisk(draft, intent, about.nowMs);
  if (draft.record.isFull || !outcome.approved) {
    draft.events.push({ type: 'risk_decided', decision: riskDecision(draft, outcome, about.decisionId) });
  }
  if (!outcome.approved) return null;
  const { accountId } = draft.before;
  const order = orderOf(outcome, { accountId, riskDecisionId: about.decisionId, status: about.status });
  draft.create(order, intent.decidedAt);
  return order;
}

function riskDecision(draft: AccountDraft, outcome: RiskApproved<OrderIntent> | Denied, id: string): RiskDecision {
  const { intent, checks } = outcome;
  return {
    id,
    accountId: draft.before.accountId,
    symbol: intent.symbol,
    side: intent.side,
    lots: intent.lots,
    cause: intent.cause,
    approved: outcome.approved,
    deniedCode: outcome.approved ? null : outcome.code,
    checks,
    signalId: intent.signalId,
    decidedAt: intent.decidedAt,
  };
}
