import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { METRICS } from './metric-names.js';
import type { Metrics } from './metrics.js';

const declared = Object.entries(METRICS).map(([name, { kind, labels, help }]) => ({
  name,
  kind: kind as string,
  labels: labels.join(', '),
  help: help as string,
}));

it('names follow Prometheus: our prefix, _total on counters alone, base units', () => {
  for (const { name, kind } of declared) {
    expect(name).toMatch(/^tradegraph(_[a-z]+)+$/);
    expect([name, name.endsWith('_total')]).toEqual([name, kind === 'counter']);
    if (kind === 'histogram') expect(name).toMatch(/_(seconds|bytes)$/);
    expect(name).not.toMatch(/_(ms|milliseconds|minutes|kilobytes|count|sum|bucket)$/);
  }
});

it('docs/metrics.md lists exactly the metrics that are declared, with their labels and help', async () => {
  const page = await readFile(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
  const listed = page.split('\n').flatMap((line) => {
    const [, name, kind, labels, help] = line.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    return name?.startsWith('tradegraph_') ? [{ name, kind, labels, help }] : [];
  });
  expect(listed).toEqual(declared);
});

it('a name or a label that is not declared does not compile', () => {
  const used: string[] = [];
  const metrics: Metrics = {
    count: (name) => void used.push(name),
    gauge: (name) => void used.push(name),
    observe: (name) => void used.push(name),
  };
  metrics.count('tradegraph_bars_refused_total', { symbol: 'AAPL', code: 'OHLC' });
  // @ts-expect-error: not declared
  metrics.count('tradegraph_made_up_total');
  // @ts-expect-error: a gauge is not counted
  metrics.count('tradegraph_subscriptions');
  // @ts-expect-error: a label that it does not have
  metrics.count('tradegraph_bars_refused_total', { symbol: 'AAPL', reason: 'OHLC' });
  // @ts-expect-error: it has no labels
  metrics.gauge('tradegraph_subscriptions', 1, { socket: 'a' });
  expect(used).toHaveLength(5);
});
