import type { OrderCause } from '../../domain/order.js';
import type { OrderState } from '../../domain/order-state.js';
import { isMarginCall } from '../execution/hold-margin.js';
import type { ExitReason } from './round-trips.js';

const EXIT_REASON_OF: Partial<Record<OrderCause, ExitReason>> = {
  EXIT_SIGNAL: 'SIGNAL',
  STOP_LOSS: 'STOP_LOSS',
  TAKE_PROFIT: 'TAKE_PROFIT',
  FLATTEN: 'FINALIZED',
};

/** Why a position that an order closes is closed. */
export const exitReasonOf = (order: Pick<OrderState, 'cause' | 'clientOrderId'>): ExitReason =>
  order.cause === 'FLATTEN' && isMarginCall(order) ? 'MARGIN_CALL' : (EXIT_REASON_OF[order.cause] ?? 'OTHER');
