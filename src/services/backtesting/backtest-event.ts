import { naturalId } from '../../domain/event-id.js';
import type { NewEvent } from '../../domain/events.js';
import type { BacktestState } from '../../ports/backtest-store.js';

/** How a backtest stands, as the log tells it: one event a version. */
export function backtestEvent(state: BacktestState): NewEvent {
  return {
    topic: 'backtests',
    type: 'backtest_updated',
    key: state.id,
    eventId: naturalId('backtest', state.id, state.version),
    payload: {
      backtest_id: state.id,
      status: state.status,
      progress: state.progress,
      bar_time: state.barTime === null ? null : new Date(state.barTime).toISOString(),
      equity: state.equity,
      error_code: state.errorCode,
      error_message: state.errorMessage,
      version: state.version,
    },
  };
}
