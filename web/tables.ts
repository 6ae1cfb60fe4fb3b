import type { Order, Portfolio, Signal } from './operations.js';

const ROWS_SHOWN = 9;

export const byId = <T extends HTMLElement = HTMLElement>(id: string): T => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element as T;
};

/** Text only, never markup: what comes from the server is data. */
function cell(text: string, className = ''): HTMLTableCellElement {
  const element = document.createElement('td');
  element.textContent = text;
  element.title = text;
  element.className = className;
  return element;
}

function fill(tableId: string, rows: HTMLTableCellElement[][], emptyText: string): void {
  const body = byId(tableId).querySelector('tbody');
  if (body === null) return;
  const shown = rows.length > 0 ? rows : [[cell(emptyText, 'muted')]];
  body.replaceChildren(
    ...shown.map((cells) => {
      const row = document.createElement('tr');
      row.append(...cells);
      return row;
    }),
  );
}

function definitions(listId: string, entries: readonly (readonly [string, string, string?])[]): void {
  byId(listId).replaceChildren(
    ...entries.map(([term, value, className = '']) => {
      const row = document.createElement('div');
      const name = document.createElement('dt');
      const text = document.createElement('dd');
      name.textContent = term;
      text.textContent = value;
      text.className = className;
      row.append(name, text);
      return row;
    }),
  );
}

export const clockTime = (time: string) => new Date(time).toISOString().slice(11, 19);
const money = (text: string) =>
  Number(text).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const quantity = (text: string) => Number(text).toLocaleString('en-US', { maximumFractionDigits: 4 });
const trend = (text: string) => (Number(text) > 0 ? 'up' : Number(text) < 0 ? 'down' : '');

export function showPortfolio(portfolio: Portfolio): void {
  definitions('portfolio', [
    ['Total value', money(portfolio.totalValue)],
    ['Total PnL', money(portfolio.totalPnl), trend(portfolio.totalPnl)],
    ['Cash', money(portfolio.cash)],
    ['Unrealized', money(portfolio.unrealizedPnl), trend(portfolio.unrealizedPnl)],
    ['Fees', money(portfolio.fees)],
    ['Realized', money(portfolio.realizedPnl), trend(portfolio.realizedPnl)],
  ]);
  const held = portfolio.positions.filter((position) => Number(position.quantity) !== 0);
  fill(
    'positions',
    held.map((position) => [
      cell(position.symbol),
      cell(quantity(position.quantity)),
      cell(money(position.averagePrice)),
      cell(money(position.currentPrice)),
      cell(money(position.unrealizedPnl), trend(position.unrealizedPnl)),
    ]),
    'no open position',
  );
}

function confidence(value: number): HTMLTableCellElement {
  const element = cell('');
  const meter = document.createElement('meter');
  meter.value = value;
  element.append(meter, ` ${Math.round(value * 100)} %`);
  return element;
}

/** In the order given. */
export function showSignals(signals: readonly Signal[]): void {
  fill(
    'signals',
    signals
      .slice(0, ROWS_SHOWN)
      .map((signal) => [
        cell(clockTime(signal.timestamp)),
        cell(signal.source),
        cell(signal.action, signal.action === 'BUY' ? 'up' : signal.action === 'SELL' ? 'down' : 'muted'),
        confidence(signal.confidence),
        cell(signal.reason.toLowerCase().replaceAll('_', ' '), 'muted'),
      ]),
    'none yet',
  );
}

/** Newest first. */
export function showOrders(orders: readonly Order[]): void {
  fill(
    'orders',
    orders
      .slice(0, ROWS_SHOWN)
      .map((order) => [
        cell(clockTime(order.decidedAt)),
        cell(
          `${order.side} ${order.orderType} ${order.cause.toLowerCase().replaceAll('_', ' ')}`,
          order.side === 'BUY' ? 'up' : 'down',
        ),
        cell(`${quantity(order.filledQuantity)} / ${quantity(order.quantity)}`),
        cell(order.averageFillPrice === null ? '–' : money(order.averageFillPrice)),
        cell(order.status.toLowerCase().replaceAll('_', ' ')),
      ]),
    'none yet',
  );
}

export const showPipeline = (entries: readonly (readonly [string, string, string?])[]) =>
  definitions('pipeline', entries);
