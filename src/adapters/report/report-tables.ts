import type { YearOfReturns } from '../../domain/backtest.js';
import type { BacktestReport } from './backtest-report.js';
import { html, type Html } from './html-text.js';
import { amountText, barTimeText, percentText, priceText } from './number-text.js';
import { statisticGroups, type StatisticGroup } from './statistic-groups.js';
import { roundTripRows } from './trades.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** A browser lays out thousands of rows in seconds; the CSV export has all of them. */
const TRIPS_SHOWN = 1_000;

const tone = (value: number | null): string => (value === null || value === 0 ? '' : value > 0 ? 'gain' : 'loss');

/** Months as cells whose colour grows with the return; the strongest colour is that of the 90th percentile. */
export function monthTable(years: readonly YearOfReturns[]): Html {
  const sizes = years.flatMap(({ monthsPct }) =>
    monthsPct.flatMap((value) => (value === null ? [] : [Math.abs(value)])),
  );
  const strongest = Math.max(0.5, sizes.toSorted((a, b) => a - b)[Math.floor(sizes.length * 0.9)] ?? 0);
  const cell = (value: number | null) => {
    if (value === null) return html`<td></td>`;
    const share = Math.round(Math.min(1, Math.abs(value) / strongest) * 62);
    return html`<td style="--hue:var(--${value < 0 ? 'loss' : 'gain'});--share:${share}">${amountText(value, 1)}</td>`;
  };
  const newestFirst = years.toReversed();
  return html`<div class="scroll">
    <table class="months">
      <thead>
        <tr>
          <th></th>
          ${MONTHS.map((month) => html`<th>${month}</th>`)}
          <th>Year</th>
        </tr>
      </thead>
      <tbody>
        ${newestFirst.map(
          ({ year, monthsPct, yearPct }) =>
            html`<tr>
              <th>${year}</th>
              ${monthsPct.map(cell)}
              <td class="${tone(yearPct)}">${yearPct === null ? '' : amountText(yearPct, 1)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The native statistics in groups, under whichever profile the run was. */
export const nativeTables = ({ result }: BacktestReport): Html => groupTables(statisticGroups(result.statistics));

/** The statistics under the other program's names; null when there are none. */
export function foreignTables({ result }: BacktestReport): Html | null {
  if (result.foreignStatistics === null) return null;
  const rows = Object.entries(result.foreignStatistics).map(([label, value]) => ({
    label,
    text:
      typeof value === 'number'
        ? amountText(value, Number.isInteger(value) ? 0 : 4)
        : (value?.replace('T00:00:00', '') ?? '–'),
    signed: null,
  }));
  const third = Math.ceil(rows.length / 3);
  const parts = [0, 1, 2].map((index) => rows.slice(index * third, (index + 1) * third));
  return groupTables(parts.map((part) => ({ title: '', rows: part })));
}

function groupTables(groups: readonly StatisticGroup[]): Html {
  return html`<div class="groups">
    ${groups.map(
      ({ title, rows }) =>
        html`<div>
          ${title === '' ? null : html`<h3>${title}</h3>`}
          <table>
            <tbody>
              ${rows.map(
                ({ label, text, signed }) =>
                  html`<tr>
                    <td>${label}</td>
                    <td class="${tone(signed)}">${text}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>`,
    )}
  </div>`;
}

/** The round trips, newest first. */
export function tripTable(report: BacktestReport): Html {
  const { spec, result } = report;
  const rows = roundTripRows(result);
  if (rows.length === 0) return html`<p>There were none.</p>`;
  const isOne = result.symbols.length === 1;
  const when = (time: string) => barTimeText(Date.parse(time), spec.timeframe);
  const shown = rows.slice(-TRIPS_SHOWN).toReversed();
  return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Entry</th>
            <th>Exit</th>
            ${isOne ? null : html`<th>Symbol</th>`}
            <th>Units</th>
            <th>Entry price</th>
            <th>Exit price</th>
            <th>PnL</th>
            <th>Return</th>
            <th>Worst</th>
            <th>Best</th>
            <th>Commission</th>
            <th>Ended by</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            (row) =>
              html`<tr>
                <td>${when(row.entryTime)}</td>
                <td>${when(row.exitTime)}</td>
                ${isOne ? null : html`<td>${row.symbol}</td>`}
                <td>${unitsText(row.units)}</td>
                <td>${priceText(row.entryPrice)}</td>
                <td>${priceText(row.exitPrice)}</td>
                <td class="${tone(row.pnl)}">${amountText(row.pnl)}</td>
                <td class="${tone(row.returnPct)}">${percentText(row.returnPct)}</td>
                <td>${percentText(row.maxAdversePct)}</td>
                <td>${percentText(row.maxFavorablePct)}</td>
                <td>${amountText(row.commission)}</td>
                <td class="reason">${row.exitReason.toLowerCase().replace('_', ' ')}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${rows.length > shown.length ? html`<p class="eyebrow">The last ${shown.length} of ${rows.length}; the CSV export has all of them.</p>` : null}`;
}

const unitsText = (units: number): string => (Number.isInteger(units) ? amountText(units, 0) : priceText(units));
