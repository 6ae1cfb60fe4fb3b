import { expect, it } from 'vitest';
import { PrometheusMetrics } from './prometheus-metrics.js';

it('shows no Kafka in a process that does not use it, and shows one that is away', async () => {
  const metrics = new PrometheusMetrics();
  expect(await metrics.render()).not.toMatch(/^tradegraph_kafka_connected /m);
  metrics.gauge('tradegraph_kafka_connected', 0);
  expect(await metrics.render()).toMatch(/^tradegraph_kafka_connected 0$/m);
});
