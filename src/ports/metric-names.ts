/** A metric as it is declared before it is used: what it is, by what it is told apart and what it tells, with its unit. */
interface MetricDeclaration {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
  readonly help: string;
  /** A gauge of something that not every process has: no series until it is set, where others begin at 0. */
  readonly absentUntilSet?: true;
}

/**
 * Every metric of ours, by Prometheus' conventions: the prefix `tradegraph_`, base units (seconds, bytes), `_total` on
 * counters. Node's own are beside them at /metrics. docs/metrics.md lists both; a test holds the two together.
 * @see https://prometheus.io/docs/practices/naming/
 */
export const METRICS = {
  // Ingestion
  tradegraph_bars_stored_total: {
    kind: 'counter',
    labels: ['symbol', 'kind'],
    help: 'New and corrected bars stored; kind is news (each has its event) or history',
  },
  tradegraph_bars_refused_total: {
    kind: 'counter',
    labels: ['symbol', 'code'],
    help: 'Rows of a source that are no valid bars, by the reason',
  },
  tradegraph_source_requests_total: {
    kind: 'counter',
    labels: ['source', 'outcome'],
    help: 'Requests to a remote market data source; outcome is OK or the code of the fault',
  },
  tradegraph_bars_latest_close_timestamp_seconds: {
    kind: 'gauge',
    labels: ['symbol', 'timeframe'],
    help: 'Market time at which the newest stored bar of a tracked series closed, in seconds since 1970',
  },
  tradegraph_bars_overdue_seconds: {
    kind: 'gauge',
    labels: ['symbol', 'timeframe'],
    help: 'Time for which the next bar of a tracked series has been due while its market was open, in seconds',
  },
  // Event log
  tradegraph_event_log_appended_total: { kind: 'counter', labels: ['topic'], help: 'Events appended and committed' },
  tradegraph_event_log_consumed_total: {
    kind: 'counter',
    labels: ['group', 'topic'],
    help: 'Events whose effects are committed',
  },
  tradegraph_event_log_deleted_total: { kind: 'counter', labels: [], help: 'Events deleted by retention' },
  tradegraph_event_log_consumer_faults_total: {
    kind: 'counter',
    labels: ['group', 'topic'],
    help: 'Batches that failed and were tried again',
  },
  tradegraph_event_log_fence_failures_total: {
    kind: 'counter',
    labels: ['group', 'topic'],
    help: 'Batches rolled back because the partition had a new owner',
  },
  tradegraph_event_log_dead_lettered_total: {
    kind: 'counter',
    labels: ['group', 'topic'],
    help: 'Events put to the dead letters after all attempts',
  },
  tradegraph_event_log_events_missed_total: {
    kind: 'counter',
    labels: ['group', 'topic'],
    help: 'Events that were deleted before their group had read them',
  },
  tradegraph_event_log_lag_events: {
    kind: 'gauge',
    labels: ['group', 'topic'],
    help: 'Events that a consumer group has yet to act on',
  },
  tradegraph_event_log_consumer_stuck: {
    kind: 'gauge',
    labels: ['group', 'topic'],
    help: '1 while a group has events to act on and does not move, else 0',
  },
  tradegraph_event_log_dropped_groups: {
    kind: 'gauge',
    labels: [],
    help: 'Consumer groups gone for longer than events are kept: retention no longer waits for them',
  },
  // Kafka
  tradegraph_kafka_connected: {
    kind: 'gauge',
    labels: [],
    help: '1 while Kafka carries the events, 0 while the log stands in for it',
    absentUntilSet: true,
  },
  tradegraph_kafka_failures_total: {
    kind: 'counter',
    labels: ['client'],
    help: 'Failed calls to Kafka that are tried again; client is setup, relay, group or tail',
  },
  tradegraph_kafka_published_total: {
    kind: 'counter',
    labels: ['topic'],
    help: 'Events of the log published to Kafka by the relay of this process',
  },
  tradegraph_kafka_oversize_total: {
    kind: 'counter',
    labels: ['topic'],
    help: 'Events that Kafka does not take for their size: they stay in the log, with a dead letter',
  },
  tradegraph_kafka_skipped_total: {
    kind: 'counter',
    labels: ['group', 'topic'],
    help: 'Events that Kafka brought a second time, or out of order',
  },
  tradegraph_kafka_filled_from_log_total: {
    kind: 'counter',
    labels: ['group', 'topic'],
    help: 'Events that consumers read from the log because Kafka had not brought them',
  },
  tradegraph_kafka_refused_total: {
    kind: 'counter',
    labels: ['topic', 'reason'],
    help: 'Records of Kafka that are no events of this log; reason is FOREIGN_LOG or NOT_AN_EVENT',
  },
  // Machine learning
  tradegraph_ml_bars_evaluated_total: { kind: 'counter', labels: [], help: 'Bars answered by the signal sources' },
  tradegraph_ml_evaluations_failed_total: {
    kind: 'counter',
    labels: [],
    help: 'Bars that could not be evaluated after all attempts; nothing is traded on them',
  },
  tradegraph_ml_signals_total: {
    kind: 'counter',
    labels: ['source', 'action'],
    help: 'Signals, HOLD included, by their source',
  },
  tradegraph_ml_anomalies_total: { kind: 'counter', labels: [], help: 'Anomalous bars' },
  tradegraph_ml_training_seconds: {
    kind: 'histogram',
    labels: [],
    help: 'Time to train the models of one series, in seconds',
  },
  tradegraph_ml_training_failures_total: { kind: 'counter', labels: [], help: 'Trainings that failed' },
  // Trading
  tradegraph_trading_slices_total: { kind: 'counter', labels: ['account'], help: 'Time slices acted on and committed' },
  tradegraph_trading_slice_failures_total: {
    kind: 'counter',
    labels: ['account'],
    help: 'Slices that failed and were tried again',
  },
  tradegraph_trading_faults_total: {
    kind: 'counter',
    labels: [],
    help: 'Turns over the accounts that ended in a fault and were tried again',
  },
  tradegraph_deployment_failures_total: {
    kind: 'counter',
    labels: ['strategy'],
    help: 'Deployed strategies that were ended because they threw or never came to an end',
  },
  tradegraph_trading_dead_letters_total: {
    kind: 'counter',
    labels: ['account'],
    help: 'Events that could not be acted on after all attempts; the account is set to REDUCING',
  },
  tradegraph_trading_commit_seconds: {
    kind: 'histogram',
    labels: [],
    help: 'Time to decide and commit the slices that were ready, in seconds',
  },
  tradegraph_trading_as_of_timestamp_seconds: {
    kind: 'gauge',
    labels: ['account'],
    help: 'Market time up to which an account has acted, in seconds since 1970',
  },
  tradegraph_orders_total: {
    kind: 'counter',
    labels: ['account', 'event'],
    help: 'What became of orders; event is created, accepted, updated, filled (each execution) or ended',
  },
  tradegraph_account_actions_total: {
    kind: 'counter',
    labels: ['account', 'kind', 'outcome'],
    help: 'Splits and dividends of accounts; outcome is BOOKED, or LATE for one that was known too late to be booked',
  },
  tradegraph_risk_decisions_total: {
    kind: 'counter',
    labels: ['account', 'outcome'],
    help: 'Orders that risk has judged; outcome is APPROVED or the code of the denial',
  },
  tradegraph_account_equity: {
    kind: 'gauge',
    labels: ['account', 'currency'],
    help: 'Cash and worth of all positions at their last prices, in the currency of the account',
  },
  tradegraph_account_pnl: {
    kind: 'gauge',
    labels: ['account', 'currency', 'kind'],
    help: 'Profit and loss since the account was opened, in its currency; kind is realized or unrealized',
  },
  tradegraph_account_exposure_ratio: {
    kind: 'gauge',
    labels: ['account'],
    help: 'Worth of all positions over equity; 0 is all in cash',
  },
  tradegraph_account_open_orders: { kind: 'gauge', labels: ['account'], help: 'Orders that may still fill' },
  tradegraph_account_status: {
    kind: 'gauge',
    labels: ['account', 'status'],
    help: '1 for the status that the account has, 0 for the others: ACTIVE, REDUCING, HALTED',
  },
  // Backtesting
  tradegraph_backtests_total: { kind: 'counter', labels: ['status'], help: 'Backtests that ended DONE or FAILED' },
  tradegraph_backtest_seconds: {
    kind: 'histogram',
    labels: [],
    help: 'Time to read the bars of a backtest and run it, in seconds',
  },
  tradegraph_backtests_open: {
    kind: 'gauge',
    labels: ['kind', 'status'],
    help: 'Backtests and searches that are QUEUED or RUNNING',
  },
  tradegraph_backtests_oldest_wait_seconds: {
    kind: 'gauge',
    labels: ['kind'],
    help: 'Time since the oldest that is QUEUED was asked for, in seconds; 0 without one',
  },
  // API
  tradegraph_graphql_operation_duration_seconds: {
    kind: 'histogram',
    labels: ['operation', 'kind'],
    help: 'Time to run a query or mutation, in seconds, by operation name',
  },
  tradegraph_graphql_errors_total: { kind: 'counter', labels: ['code'], help: 'Errors answered, by code' },
  tradegraph_websocket_connections: { kind: 'gauge', labels: [], help: 'Open websockets' },
  tradegraph_subscriptions: { kind: 'gauge', labels: [], help: 'Subscriptions under way, catching up or live' },
  tradegraph_subscription_frames_total: {
    kind: 'counter',
    labels: [],
    help: 'Live events handed to websocket clients',
  },
  tradegraph_subscription_frames_dropped_total: {
    kind: 'counter',
    labels: [],
    help: 'Waiting market data of slow clients that newer data of the same key took the place of',
  },
  // Process
  tradegraph_build_info: { kind: 'gauge', labels: ['version'], help: 'Always 1, with the version that runs' },
  tradegraph_database_connections: {
    kind: 'gauge',
    labels: ['state'],
    help: 'Connections of the pool of this process, idle or used',
  },
  tradegraph_database_connection_limit: {
    kind: 'gauge',
    labels: [],
    help: 'Connections of the pool of this process at most',
  },
  tradegraph_database_connection_waiters: {
    kind: 'gauge',
    labels: [],
    help: 'Work of this process that waits for a connection of the pool',
  },
  tradegraph_jobs: {
    kind: 'gauge',
    labels: ['queue', 'state'],
    help: 'Background jobs by kind: waiting, active, delayed (also the next of each schedule) or failed',
  },
  tradegraph_trace_spans_total: {
    kind: 'counter',
    labels: ['outcome'],
    help: 'Spans that were sent to TRACING_ENDPOINT, or lost on the way; outcome is sent or lost',
  },
} as const satisfies Readonly<Record<`tradegraph_${string}`, MetricDeclaration>>;

export type MetricName = keyof typeof METRICS;
type NamesOf<K extends MetricDeclaration['kind']> = {
  [N in MetricName]: (typeof METRICS)[N]['kind'] extends K ? N : never;
}[MetricName];
export type CounterName = NamesOf<'counter'>;
export type GaugeName = NamesOf<'gauge'>;
export type HistogramName = NamesOf<'histogram'>;

/** A value for each label that the metric is declared with, and no other. */
export type LabelsOf<N extends MetricName> = [(typeof METRICS)[N]['labels'][number]] extends [never]
  ? Readonly<Record<string, never>>
  : Readonly<Record<(typeof METRICS)[N]['labels'][number], string>>;
