import { EquityChart } from './chart.js';
import { queryPatiently, type LiveStreams } from './live.js';
import type { MarketView } from './market-view.js';
import {
  ACCOUNT_PAGE,
  ORDERS,
  PORTFOLIO_UPDATES,
  type Account,
  type Fill,
  type Order,
  type Page,
  type Portfolio,
} from './operations.js';
import { byId, showOrders, showPortfolio } from './tables.js';

const MINUTE_MS = 60_000;
const ORDERS_KEPT = 30;

interface AccountPage {
  portfolio: Portfolio;
  portfolioHistory: Page<{ timestamp: string; totalValue: string }>;
  orders: Page<Order>;
  fills: Page<Fill>;
}

interface OrderUpdate {
  cursor: string;
  timestamp: string;
  fill: { id: string } | null;
  order: Order;
}

/** Portfolio, equity, orders and fills of the account that is shown: first what is stored, then live. */
export class AccountView {
  private readonly equity = new EquityChart(byId('equity-chart'));
  private orders = new Map<string, Order>();
  private stops: (() => void)[] = [];
  private shown = '';

  constructor(
    private readonly market: MarketView,
    private readonly streams: LiveStreams,
    private readonly refused: (message: string) => void,
  ) {}

  async show(account: Account): Promise<void> {
    this.shown = account.id;
    for (const stop of this.stops) stop();
    this.orders = new Map();
    this.equity.reset();
    this.market.markSource(account.signalSource);
    const early: Portfolio[] = [];
    let loaded = false;
    const accountId = account.id;
    this.stops = [
      this.streams.follow<OrderUpdate>(
        ORDERS,
        'orderUpdates',
        { accountId },
        (update) => this.addOrder(update),
        this.refused,
      ),
      this.streams.follow<{ cursor: string; portfolio: Portfolio }>(
        PORTFOLIO_UPDATES,
        'portfolio',
        { accountId },
        ({ portfolio }) => (loaded ? this.addPortfolio(portfolio) : early.push(portfolio)),
        this.refused,
      ),
    ];
    const page = await queryPatiently<AccountPage>(ACCOUNT_PAGE, { accountId });
    if (this.shown !== accountId) return;
    for (const { node } of page.portfolioHistory.edges) this.addPoint(node.timestamp, node.totalValue);
    this.market.chart.addFills(page.fills.edges.map((edge) => edge.node));
    for (const { node } of page.orders.edges) if (!this.orders.has(node.id)) this.orders.set(node.id, node);
    loaded = true;
    for (const portfolio of [page.portfolio, ...early]) this.addPortfolio(portfolio);
    this.drawOrders();
  }

  private addPortfolio(portfolio: Portfolio): void {
    showPortfolio(portfolio);
    this.addPoint(portfolio.timestamp, portfolio.totalValue);
  }

  private addPoint(timestamp: string, totalValue: string): void {
    this.equity.add(timestamp, Number(totalValue), this.market.closeAt(timestamp));
  }

  /** A fill stands at the bar that it happened in: the one that closed at the event's time. */
  private addOrder({ order, fill, timestamp }: OrderUpdate): void {
    this.orders.set(order.id, order);
    if (fill !== null) {
      const barTimestamp = new Date(Date.parse(timestamp) - MINUTE_MS).toISOString();
      this.market.chart.addFills([{ id: fill.id, barTimestamp }]);
    }
    this.drawOrders();
  }

  private drawOrders(): void {
    const newestFirst = [...this.orders.values()].sort((a, b) => b.decidedAt.localeCompare(a.decidedAt));
    showOrders(newestFirst.slice(0, ORDERS_KEPT));
  }
}
