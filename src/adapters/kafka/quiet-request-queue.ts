import { createRequire } from 'node:module';

/** What is used of kafkajs's own queue of requests of a connection. */
interface RequestQueue {
  readonly pending: readonly unknown[];
  /** End of the broker's throttling, epoch milliseconds; -1 where there is none. */
  readonly throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
}

interface RequestQueueClass {
  readonly prototype: RequestQueue & { scheduleCheckPendingRequests(this: RequestQueue): void };
}

/** kafkajs's own: how soon a request is tried again that had to wait for others in flight. */
const CHECK_PENDING_REQUESTS_MS = 10;

/**
 * kafkajs 2.2.4 looks for waiting requests each millisecond for as long as it lives, also when there are none, and computes
 * the delay from a date of -1, which Node 24 warns of. With this it looks only when something waits.
 * @see https://github.com/tulios/kafkajs/issues/1704
 * @see https://github.com/tulios/kafkajs/issues/1751
 * @throws Error when this is not the kafkajs that it was written for
 */
export function quietRequestQueue(): void {
  const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue/index.js') as RequestQueueClass;
  if (typeof RequestQueue.prototype.scheduleCheckPendingRequests !== 'function') {
    throw new Error('this kafkajs has another request queue than 2.2.4: see whether its idle timer is gone');
  }
  RequestQueue.prototype.scheduleCheckPendingRequests = scheduleWhenPending;
}

function scheduleWhenPending(this: RequestQueue): void {
  if (this.throttleCheckTimeoutId || this.pending.length === 0) return;
  const throttledMs = this.throttledUntil - Date.now();
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    throttledMs > 0 ? throttledMs : CHECK_PENDING_REQUESTS_MS,
  );
}
