import { naturalId } from '../../domain/event-id.js';
import type { NewEvent } from '../../domain/events.js';
import type { SearchState } from '../../ports/search-store.js';

/** How a search stands, as the log tells it: one event a version. */
export function searchEvent(state: SearchState): NewEvent {
  return {
    topic: 'backtests',
    type: 'search_updated',
    key: state.id,
    eventId: naturalId('search', state.id, state.version),
    payload: {
      search_id: state.id,
      status: state.status,
      run_count: state.runCount,
      done_count: state.doneCount,
      best_score: state.bestScore,
      error_code: state.errorCode,
      error_message: state.errorMessage,
      version: state.version,
    },
  };
}
