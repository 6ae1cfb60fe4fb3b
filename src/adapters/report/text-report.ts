import type { BacktestReport } from './backtest-report.js';
import { amountText, barTimeText } from './number-text.js';
import { statisticGroups, type StatisticGroup } from './statistic-groups.js';

const COLUMN_WIDTH = 46;

export interface TextStyle {
  /** Terminal colours for good and bad news. */
  readonly color: boolean;
}

/** A result as a table for the terminal: what ran over what, the statistics, the last months, the cautions. */
export function textReport(report: BacktestReport, style: TextStyle): string {
  const { spec, result } = report;
  const paint = painter(style);
  const groups = result.foreignStatistics === null ? statisticGroups(result.statistics) : foreignGroups(report);
  const lines = [
    '',
    paint.bold(`  ${spec.strategy} on ${spec.symbols.join(', ')}`) + paint.dim(`  ${paramsText(report)}`),
    paint.dim(
      `  ${barTimeText(result.dataFrom, spec.timeframe)} to ${barTimeText(result.dataTo, spec.timeframe)}, ${amountText(result.barCount, 0)} bars of ${spec.timeframe}, profile ${spec.profile}`,
    ),
    '',
    ...inTwoColumns(groups, paint),
    ...monthLines(report, paint),
    ...result.cautions.map(({ severity, message }) => paint.caution(`  ! ${severity}: ${message}`)),
    paint.dim(
      `  data ${result.dataHash.slice(0, 16)}  ${actionsText(result.actionsHash)}engine ${result.engineVersion}  seed ${spec.seed}  ${report.source}`,
    ),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

const actionsText = (hash: string | null): string => (hash === null ? '' : `actions ${hash.slice(0, 16)}  `);

function paramsText({ spec }: BacktestReport): string {
  return Object.entries(spec.params)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** The other program's statistics under its own names. */
function foreignGroups({ result }: BacktestReport): readonly StatisticGroup[] {
  const rows = Object.entries(result.foreignStatistics ?? {}).map(([label, value]) => ({
    label,
    text:
      typeof value === 'number'
        ? amountText(value, Number.isInteger(value) ? 0 : 4)
        : (value ?? '–').replace('T00:00:00', ''),
    signed:
      /Return|Best|Worst|Avg\. Trade \[|Sharpe|Expectancy/.test(label) && typeof value === 'number' ? value : null,
  }));
  const half = Math.ceil(rows.length / 2);
  return [
    { title: 'Statistics', rows: rows.slice(0, half) },
    { title: '(backtesting.py)', rows: rows.slice(half) },
  ];
}

function inTwoColumns(groups: readonly StatisticGroup[], paint: Painter): readonly string[] {
  const lines: string[] = [];
  for (let index = 0; index < groups.length; index += 2) {
    const columns = [groups[index], groups[index + 1]].map((group) =>
      group === undefined ? [] : groupLines(group, paint),
    );
    const height = Math.max(...columns.map((column) => column.length));
    for (let row = 0; row < height; row += 1) {
      const [left, right] = columns.map((column) => column[row]);
      const gap = ' '.repeat(COLUMN_WIDTH - (left?.width ?? 0) + 4);
      lines.push(`  ${left?.text ?? ''}${right === undefined ? '' : gap + right.text}`);
    }
    lines.push('');
  }
  return lines;
}

/** Text with colours, and its width without them. */
interface Cell {
  readonly text: string;
  readonly width: number;
}

function groupLines({ title, rows }: StatisticGroup, paint: Painter): readonly Cell[] {
  const heading = { text: paint.heading(title.padEnd(COLUMN_WIDTH, ' ')), width: COLUMN_WIDTH };
  return [
    heading,
    ...rows.map(({ label, text, signed }) => {
      const dots = paint.dim('·'.repeat(Math.max(1, COLUMN_WIDTH - label.length - text.length - 2)));
      return { text: `${label} ${dots} ${paint.signed(text, signed)}`, width: COLUMN_WIDTH };
    }),
  ];
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** A table that is longer hides what stands above it; the HTML report has all of them. */
const YEARS_MAX = 12;
const CELL = 7;

function monthLines({ result }: BacktestReport, paint: Painter): readonly string[] {
  const years = result.monthlyReturns.slice(-YEARS_MAX);
  if (years.length === 0) return [];
  const cell = (value: number | null) =>
    paint.signed((value === null ? '' : amountText(value, 1)).padStart(CELL), value);
  return [
    `  ${paint.heading('Months, %'.padEnd(9))}${paint.dim([...MONTHS, 'Year'].map((month) => month.padStart(CELL)).join(''))}`,
    ...years.map(
      ({ year, monthsPct, yearPct }) => `  ${String(year).padEnd(9)}${monthsPct.map(cell).join('')}${cell(yearPct)}`,
    ),
    '',
  ];
}

interface Painter {
  bold(text: string): string;
  dim(text: string): string;
  heading(text: string): string;
  caution(text: string): string;
  signed(text: string, value: number | null): string;
}

function painter({ color }: TextStyle): Painter {
  const wrap = (code: string) => (text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const [green, red] = [wrap('32'), wrap('31')];
  return {
    bold: wrap('1'),
    dim: wrap('2'),
    heading: wrap('1;36'),
    caution: wrap('33'),
    signed: (text, value) => (value === null || value === 0 ? text : value > 0 ? green(text) : red(text)),
  };
}
