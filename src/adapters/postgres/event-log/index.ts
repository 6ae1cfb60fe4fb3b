export { openEventLog, type EventLog, type EventLogOptions } from './open-event-log.js';
export { PgEventBus } from './pg-event-bus.js';
export { EventRetention, type RetentionOptions, type RetentionReport } from './event-retention.js';
export { EventLogMonitor } from './event-log-monitor.js';
