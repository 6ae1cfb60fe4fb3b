import { readdirSync, readFileSync } from 'node:fs';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { METRICS } from '../../src/ports/metric-names.js';
import { readComposeFile, repository } from './compose-file.js';

interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
}
interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly query: string }[];
  };
}

const textOf = (path: string): string => readFileSync(repository(path), 'utf8');
const rulesOf = (file: string): Rule[] =>
  (parse(textOf(`ops/prometheus/rules/${file}`)) as { groups: { rules: Rule[] }[] }).groups.flatMap(
    ({ rules }) => rules,
  );
const recordings = rulesOf('recording.yml');
const alerts = rulesOf('alerts.yml');
const dashboards = readdirSync(repository('ops/grafana/dashboards')).map(
  (file) => [file, JSON.parse(textOf(`ops/grafana/dashboards/${file}`)) as Dashboard] as const,
);

/** Every name of a series that a process shows, its recorded ones, and Prometheus' own. */
const exported = new Map<string, readonly string[]>();
for (const [name, { kind, labels }] of Object.entries(METRICS)) {
  if (kind === 'histogram') {
    for (const suffix of ['_bucket', '_sum', '_count']) exported.set(name + suffix, [...labels, 'le']);
  } else exported.set(name, labels);
}
const registry = new Registry();
collectDefaultMetrics({ register: registry });
for (const { name } of registry.getMetricsAsArray()) {
  for (const suffix of ['', '_sum', '_count']) exported.set(name + suffix, []);
}
for (const own of ['up', 'ALERTS']) exported.set(own, ['alertstate', 'severity']);

const RECORDED = /\b[a-z_]+:tradegraph_[a-z_]+:[a-z0-9_]+\b/g;
const recorded = new Set(recordings.map(({ record }) => record ?? ''));

/** Names of series in an expression: words that are no functions, labels, strings or keywords. */
function seriesIn(expr: string): { readonly raw: readonly string[]; readonly recorded: readonly string[] } {
  const bare = expr.replace(/"[^"]*"/g, '""');
  const used = bare.match(RECORDED) ?? [];
  const rest = bare
    .replace(RECORDED, ' ')
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/\b(by|on|without|ignoring)\s*\([^)]*\)/g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\boffset\s+\w+/g, ' ');
  const words = rest.match(/\b[a-zA-Z_]\w*\b(?!\s*\()/g) ?? [];
  const keywords = ['and', 'or', 'unless', 'by', 'on'];
  return { raw: words.filter((word) => !keywords.includes(word)), recorded: used };
}

const expressions = [
  ...recordings.map(({ record = '', expr }) => [record, expr] as const),
  ...alerts.map(({ alert = '', expr }) => [alert, expr] as const),
  ...dashboards.flatMap(([file, { panels }]) =>
    panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [`${file}: ${title}`, expr] as const)),
  ),
];

describe('what Prometheus and Grafana ask for', () => {
  it('is what the program shows, or what is recorded of it', () => {
    const unknown = expressions.flatMap(([where, expr]) => {
      const { raw, recorded: names } = seriesIn(expr);
      expect([where, raw.length + names.length]).not.toEqual([where, 0]);
      return [...raw.filter((name) => !exported.has(name)), ...names.filter((name) => !recorded.has(name))].map(
        (name) => `${where}: ${name}`,
      );
    });
    expect(unknown).toEqual([]);
  });

  it('is told apart by labels that it has', () => {
    const scraped = ['role', 'job', 'instance'];
    const wrong = expressions.flatMap(([where, expr]) =>
      // Recorded series have a colon before their name.
      [...expr.matchAll(/(?<!:)\b(tradegraph_[a-z_]+)\{([^}]*)\}/g)].flatMap(([, name = '', matchers = '']) =>
        [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)]
          .map(([, label = '']) => label)
          .filter((label) => ![...(exported.get(name) ?? []), ...scraped].includes(label))
          .map((label) => `${where}: ${name} has no ${label}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('a name that is not there is noticed', () => {
    const { raw } = seriesIn('sum by (topic) (rate(tradegraph_made_up_total{a="b"}[5m])) > 0 unless up offset 5m');
    expect(raw).toEqual(['tradegraph_made_up_total', 'up']);
    expect(exported.has('tradegraph_made_up_total')).toBe(false);
  });
});

describe('alerts', () => {
  const runbook = textOf('docs/operations.md');
  it.each(alerts.map((alert) => [alert.alert ?? '', alert] as const))('%s has a runbook', (name, alert) => {
    expect(alert.labels?.['severity']).toMatch(/^(critical|warning)$/);
    expect(alert.annotations?.['runbook']).toBe(`docs/operations.md#${name.toLowerCase()}`);
    expect(runbook).toMatch(new RegExp(`^### ${name}$`, 'm'));
  });

  it('the runbook is of no alert that is not there', () => {
    const names = new Set(alerts.map(({ alert }) => alert));
    const section = runbook.slice(runbook.indexOf('\n## Runbook'));
    const [body = ''] = section.slice(4).split(/^## /m).slice(0, 1);
    const titles = [...body.matchAll(/^### (\w+)$/gm)].map(([, title]) => title);
    expect(titles.filter((title) => !names.has(title))).toEqual([]);
    expect(titles).toHaveLength(names.size);
  });
});

describe('dashboards', () => {
  it.each(dashboards)(
    '%s is whole: its panels have a meaning, a place of their own and our data source',
    (_, board) => {
      expect(board.uid).toMatch(/^tradegraph-[a-z]+$/);
      expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length);
      const taken = new Set<string>();
      for (const { title, type, description, gridPos, targets } of board.panels) {
        if (type !== 'row') expect([title, description, targets?.length]).not.toContain(undefined);
        expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
        for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
          for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
            expect([title, taken.has(`${x} ${y}`)]).toEqual([title, false]);
            taken.add(`${x} ${y}`);
          }
        }
        for (const { datasource } of targets ?? []) expect(datasource.uid).toBe('prometheus');
      }
      const variables = new Set(board.templating.list.map(({ name }) => name));
      const used = [...JSON.stringify(board.panels).matchAll(/\$([a-z]\w*)/g)].map(([, name]) => name);
      expect(used.filter((name) => !variables.has(name ?? ''))).toEqual([]);
    },
  );

  it('no two have one id, and the first to be seen is there', () => {
    expect(new Set(dashboards.map(([, { uid }]) => uid)).size).toBe(dashboards.length);
    expect(dashboards.map(([file]) => file)).toContain('overview.json');
  });
});

it('Prometheus asks each role at the port where it answers', () => {
  const { scrape_configs: jobs } = parse(textOf('ops/prometheus/prometheus.yml')) as {
    scrape_configs: { job_name: string; dns_sd_configs?: { names: string[]; port: number }[] }[];
  };
  const asked = jobs.flatMap(({ dns_sd_configs: names = [] }) =>
    names.map(({ names: [name = ''], port }) => [name, port]),
  );
  const { services } = readComposeFile();
  const served = Object.entries(services).flatMap(([name, { environment }]) =>
    environment?.['HEALTH_PORT'] === undefined ? [] : [[name, Number(environment['HEALTH_PORT'])]],
  );
  expect(asked.toSorted()).toEqual(served.toSorted());
  expect(served).toHaveLength(5);
});
