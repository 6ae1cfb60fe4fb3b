import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BacktestReport } from './backtest-report.js';
import { chartData } from './chart-data.js';
import { html, Html, scriptData } from './html-text.js';
import { amountText, barTimeText, numberText, percentText } from './number-text.js';
import { PAGE_SCRIPT } from './page-script.js';
import { PAGE_STYLE } from './page-style.js';
import { foreignTables, monthTable, nativeTables, tripTable } from './report-tables.js';

/** The page loads nothing, and what is in it can reach nobody. */
const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

/**
 * A backtest as one HTML file that needs no network: the charts and their library are in it. Light or dark after the
 * reader's setting; the same result gives the same bytes.
 */
export function htmlReport(report: BacktestReport): string {
  const { spec, result } = report;
  const foreign = foreignTables(report);
  const title = `${spec.strategy} on ${spec.symbols.join(', ')}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <title>${title} · Backtest</title>
        <style>
          ${new Html(PAGE_STYLE)}
        </style>
      </head>
      <body>
        <main>
          ${header(report)} ${figures(report)} ${cautions(report)}
          <section>
            <div class="chart-head">
              <h2>Equity and drawdown</h2>
              ${legend(report)}<button id="log-scale" type="button" aria-pressed="false">Log scale</button>
            </div>
            <div id="chart"></div>
          </section>
          <section>
            <h2>Monthly returns <small>percent</small></h2>
            ${monthTable(result.monthlyReturns)}
          </section>
          ${
            foreign === null
              ? null
              : html`<section>
                  <h2>Statistics <small>profile ${spec.profile}</small></h2>
                  ${foreign}
                </section>`
          }
          <section>
            <h2>
              Statistics
              <small>${foreign === null ? 'profile native' : 'the same run by the native definitions'}</small>
            </h2>
            ${nativeTables(report)}
          </section>
          <section class="trips">
            <h2>Round trips <small>${amountText(result.roundTrips.length, 0)}</small></h2>
            ${tripTable(report)}
          </section>
          ${provenance(report)}
          <footer>
            Made by Tradegraph. Charts: TradingView Lightweight Charts™, Apache License 2.0, © TradingView, Inc. Past
            returns of a simulation are no promise.
          </footer>
        </main>
        <script id="data" type="application/json">
          ${new Html(scriptData(chartData(report)))}
        </script>
        <script>
          ${new Html(chartLibrary())};
        </script>
        <script>
          ${new Html(PAGE_SCRIPT)};
        </script>
      </body>
    </html> `.text;
}

let library: string | null = null;

function chartLibrary(): string {
  library ??= readFileSync(
    join(
      dirname(createRequire(import.meta.url).resolve('lightweight-charts/package.json')),
      'dist/lightweight-charts.standalone.production.js',
    ),
    'utf8',
  );
  return library;
}

function header({ spec, result }: BacktestReport): Html {
  const when = (time: number) => barTimeText(time, spec.timeframe);
  const params = Object.entries(spec.params);
  return html`<header>
    <div>
      <p class="eyebrow">Backtest · profile ${spec.profile}</p>
      <h1>${spec.strategy} <small>on ${spec.symbols.join(', ')}</small></h1>
      <ul class="chips">
        ${params.map(([name, value]) => html`<li>${name} <b>${String(value)}</b></li>`)}
      </ul>
    </div>
    <p class="range">
      ${when(result.dataFrom)} to ${when(result.dataTo)}<br />${amountText(result.barCount, 0)} bars of
      ${timeframeText(spec.timeframe)}
    </p>
  </header>`;
}

const timeframeText = (timeframe: string): string => timeframe.toLowerCase().replace('_', ' ');

function figures({ result: { statistics } }: BacktestReport): Html {
  const figure = (label: string, key: string, text: (value: number) => string, isSigned: boolean) => {
    const value = statistics[key] ?? null;
    const tone = !isSigned || value === null || value === 0 ? '' : value > 0 ? 'gain' : 'loss';
    return html`<div><span>${label}</span><strong class="${tone}">${value === null ? '–' : text(value)}</strong></div>`;
  };
  return html`<section class="figures">
    ${figure('Total return', 'totalReturnPct', percentText, true)}${figure('Buy and hold', 'benchmarkReturnPct', percentText, true)}${figure('CAGR', 'cagrPct', percentText, true)}${figure('Sharpe, native', 'sharpe', numberText, true)}${figure('Max. drawdown', 'maxDrawdownPct', percentText, true)}${figure('Win rate', 'winRatePct', percentText, false)}${figure('Round trips', 'roundTripCount', (value) => amountText(value, 0), false)}${figure('Final equity', 'finalEquity', amountText, false)}
  </section>`;
}

function cautions({ result }: BacktestReport): Html | null {
  if (result.cautions.length === 0) return null;
  return html`<section class="cautions">
    <h2>Before you believe it</h2>
    <ul>
      ${result.cautions.map(({ severity, message }) => html`<li class="${severity}"><b>${severity}</b>${message}</li>`)}
    </ul>
  </section>`;
}

const entry = (color: string, label: string, id: string): Html =>
  html`<span><i style="background:var(--${color})"></i>${label} <b id="at-${id}"></b></span>`;

function legend({ benchmark }: BacktestReport): Html {
  return html`<div class="legend">
    <b id="at-time"></b
    >${entry('accent', 'Equity', 'equity')}${benchmark === null ? null : entry('held', 'Buy and hold', 'held')}${entry('loss', 'Drawdown', 'drawdown')}
  </div>`;
}

const code = (text: string): Html => html`<code>${text}</code>`;

function provenance({ spec, result, source }: BacktestReport): Html {
  const from = spec.reference.kind === 'FILE' ? spec.reference.path : 'built in';
  const options = Object.entries(spec.options).filter(([, value]) => value !== null);
  const rows: readonly (readonly [string, Html])[] = [
    ['Strategy', html`${spec.strategy} (${from})`],
    ['Parameters', code(JSON.stringify(spec.params))],
    ['Options', code(JSON.stringify(Object.fromEntries(options)))],
    ['Profile', html`${spec.profile}`],
    ['Bars', html`${spec.symbols.join(', ')}, ${timeframeText(spec.timeframe)}, ${amountText(result.barCount, 0)}`],
    ['Range', html`${new Date(result.dataFrom).toISOString()} to ${new Date(result.dataTo).toISOString()}`],
    ['Source', code(source)],
    ['Data, SHA-256', code(result.dataHash)],
    ['Splits and dividends, SHA-256', result.actionsHash === null ? html`none` : code(result.actionsHash)],
    ['Engine version', html`${result.engineVersion}`],
    ['Seed', html`${spec.seed}`],
  ];
  return html`<section>
    <h2>Where it comes from <small>the same again gives the same numbers</small></h2>
    <dl>
      ${rows.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
  </section>`;
}
