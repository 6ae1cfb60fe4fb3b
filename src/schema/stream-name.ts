import { defineEnum } from './define-enum.js';

export type StreamName = 'BARS' | 'SIGNALS' | 'ANOMALIES' | 'ORDER_UPDATES' | 'PORTFOLIO' | 'BACKTEST_PROGRESS';

export const StreamNameEnum = defineEnum<StreamName>('StreamName', 'A subscription whose events carry cursors.', {
  BARS: '`Subscription.bars`',
  SIGNALS: '`Subscription.signals`',
  ANOMALIES: '`Subscription.anomalies`',
  ORDER_UPDATES: '`Subscription.orderUpdates`',
  PORTFOLIO: '`Subscription.portfolio`',
  BACKTEST_PROGRESS: '`Subscription.backtestProgress`',
});
