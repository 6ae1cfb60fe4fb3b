/** What the page asks for: the same public operations that any client has. */

export interface Bar {
  timestamp: string;
  open: number;
  high: number;
  low: number;
  close: number;
}

export interface Signal {
  id: string;
  source: string;
  timestamp: string;
  action: 'BUY' | 'SELL' | 'HOLD';
  reason: string;
  confidence: number;
}

export interface Order {
  id: string;
  accountId: string;
  symbol: string;
  side: 'BUY' | 'SELL';
  orderType: string;
  cause: string;
  quantity: string;
  filledQuantity: string;
  averageFillPrice: string | null;
  status: string;
  createdAt: string;
  decidedAt: string;
}

export interface Fill {
  id: string;
  symbol: string;
  side: 'BUY' | 'SELL';
  quantity: string;
  price: string;
  timestamp: string;
  barTimestamp: string;
}

export interface Position {
  symbol: string;
  quantity: string;
  averagePrice: string;
  currentPrice: string;
  unrealizedPnl: string;
  realizedPnl: string;
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
  startingCash: string;
  status: string;
}
