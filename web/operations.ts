/** What the page asks for: the same public operations that any client has. */

export interface Bar {
  timestamp: string;
  closeTime: string;
  open: number;
  high: number;
  low: number;
  close: number;
}

export interface Signal {
  id: string;
  source: string;
  timestamp: string;
  barTimestamp: string;
  action: 'BUY' | 'SELL' | 'HOLD';
  reason: string;
  confidence: number;
}

export interface Order {
  id: string;
  side: 'BUY' | 'SELL';
  orderType: string;
  cause: string;
  quantity: string;
  filledQuantity: string;
  averageFillPrice: string | null;
  status: string;
  decidedAt: string;
}

export interface Fill {
  id: string;
  barTimestamp: string;
}

export interface Position {
  symbol: string;
  quantity: string;
  averagePrice: string;
  currentPrice: string;
  unrealizedPnl: string;
}

export interface Portfolio {
  timestamp: string;
  totalValue: string;
  cash: string;
  totalPnl: string;
  realizedPnl: string;
  unrealizedPnl: string;
  fees: string;
  positions: Position[];
}

export interface Account {
  id: string;
  name: string;
  signalSource: string | null;
  status: string;
}

export interface Platform {
  now: string;
  provider: string;
  isReplay: boolean;
  description: string;
  replay: { state: 'HOLDING' | 'RUNNING' | 'ENDED'; speed: number | null; endsAt: string } | null;
  pipeline: { group: string; topic: string; events: number }[];
  training: { kind: string; symbol: string; state: string; fraction: number; detail: string | null }[];
}

export interface Model {
  kind: string;
  version: number;
  status: string;
  backend: string;
  skill: number | null;
  skillStandardError: number | null;
  hasSkill: boolean;
  heldOutCount: number;
}

/** The answer of a connection, without its cursors. */
export interface Page<T> {
  edges: { node: T }[];
}

const SIGNAL = 'id source timestamp barTimestamp action reason confidence';
const ORDER = 'id side orderType cause quantity filledQuantity averageFillPrice status decidedAt';
const PORTFOLIO =
  'timestamp totalValue cash totalPnl realizedPnl unrealizedPnl fees positions { symbol quantity averagePrice currentPrice unrealizedPnl }';

export const SETUP = /* GraphQL */ `
  query Setup {
    symbols {
      symbols {
        symbol
        tracked {
          timeframe
        }
      }
    }
    accounts(first: 20) {
      edges {
        node {
          id
          name
          signalSource
          status
        }
      }
    }
  }
`;

export const PLATFORM = /* GraphQL */ `
  query PlatformStatus($symbol: String!) {
    platform {
      now
      provider
      isReplay
      description
      replay {
        state
        speed
        endsAt
      }
      pipeline {
        group
        topic
        events
      }
      training {
        kind
        symbol
        state
        fraction
        detail
      }
    }
    models(last: 2, symbol: $symbol) {
      edges {
        node {
          kind
          version
          status
          backend
          skill
          skillStandardError
          hasSkill
          heldOutCount
        }
      }
    }
  }
`;

export const MARKET_PAGE = /* GraphQL */ `
  query MarketPage($symbol: String!) {
    barSeries(symbol: $symbol, last: 400) { timestamps opens highs lows closes }
    latest: signals(first: 10, symbols: [$symbol]) { edges { node { ${SIGNAL} } } }
    moves: signals(first: 100, symbols: [$symbol], actions: [BUY, SELL]) { edges { node { ${SIGNAL} } } }
  }
`;

export const ACCOUNT_PAGE = /* GraphQL */ `
  query AccountPage($accountId: ID!) {
    portfolio(accountId: $accountId) { ${PORTFOLIO} }
    portfolioHistory(accountId: $accountId, last: 1000) { edges { node { timestamp totalValue } } }
    orders(accountId: $accountId, first: 30) { edges { node { ${ORDER} } } }
    fills(accountId: $accountId, first: 300) { edges { node { id barTimestamp } } }
  }
`;

export const BARS = /* GraphQL */ `
  subscription Bars($symbol: String!, $after: String) {
    bars(symbols: [$symbol], after: $after) {
      cursor
      bar {
        timestamp
        closeTime
        open
        high
        low
        close
      }
    }
  }
`;

export const SIGNALS = /* GraphQL */ `
  subscription Signals($symbol: String!, $after: String) {
    signals(symbols: [$symbol], after: $after) { cursor signal { ${SIGNAL} } }
  }
`;

export const ORDERS = /* GraphQL */ `
  subscription Orders($accountId: ID!, $after: String) {
    orderUpdates(accountId: $accountId, after: $after) { cursor timestamp fill { id } order { ${ORDER} } }
  }
`;

export const PORTFOLIO_UPDATES = /* GraphQL */ `
  subscription PortfolioUpdates($accountId: ID!, $after: String) {
    portfolio(accountId: $accountId, after: $after) { cursor portfolio { ${PORTFOLIO} } }
  }
`;
