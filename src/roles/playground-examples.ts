import type { PlaygroundExample } from '../api/playground.js';

/** What the playground opens with: one tab each, ready to run in a replay. */
export const PLAYGROUND_EXAMPLES: readonly PlaygroundExample[] = [
  {
    name: 'Live bars',
    query: `# Bars as they close. Give the last cursor as "after" and the stream goes on behind it, without gap or duplicate.
subscription LiveBars($after: String) {
  bars(symbols: ["BTC-USD"], after: $after) {
    cursor
    bar { timestamp open high low close volume }
  }
}
`,
  },
  {
    name: 'Status',
    query: `# Where the data comes from, how far the pipeline is behind, how the training stands.
query Status {
  platform {
    description isReplay now
    replay { state speed endsAt }
    pipeline { group topic events }
    training { symbol state fraction detail }
  }
  symbols { updateFrequency symbols { symbol name tracked { timeframe endedAt } } }
  accounts(first: 10) { edges { node { id signalSource status startingCash } } }
}
`,
  },
  {
    name: 'Prediction',
    query: `# What the model says of the next bar, with the evidence for it: a skill of more than two standard errors beats the last price.
query Prediction {
  predictPrice(symbol: "BTC-USD") {
    currentPrice predictedPrice expectedChange
    model { version skill skillStandardError hasSkill heldOutCount directionalAccuracy backend }
  }
  detectAnomaly(symbol: "BTC-USD") { isAnomaly anomalyScore anomalyType severity }
}
`,
  },
  {
    name: 'Signals',
    query: `# The newest signals that were not HOLD, and live ones in the tab "Portfolio".
query Signals {
  signals(first: 20, actions: [BUY, SELL]) {
    edges { node { timestamp source symbol action reason confidence currentPrice stopLoss takeProfit } }
  }
}
`,
  },
  {
    name: 'Portfolio',
    query: `# The portfolio of the account that trades the ema-cross rule, at each bar.
subscription LivePortfolio($after: String) {
  portfolio(accountId: "replay-ema-cross", after: $after) {
    cursor
    portfolio { timestamp totalValue cash totalPnl positions { symbol quantity averagePrice unrealizedPnl } }
  }
}
`,
  },
  {
    name: 'Order by hand',
    query: `# Refusals are data: try a quantity of 5000, or run it twice, or change the quantity and run it again.
mutation Buy {
  createOrder(
    input: { clientOrderId: "my-first-order", symbol: "BTC-USD", side: BUY, orderType: MARKET, quantity: "0.5" }
  ) {
    order { id status quantity reservedCash }
    errors {
      __typename
      ... on UserError { code message path }
      ... on RiskDeniedError { limit value headroom }
    }
  }
}
`,
  },
  {
    name: 'What would an order cost',
    query: `# What our risk engine would say, and what the order would come to; nothing is stored. Try 5000, or a limit far above the market.
query Preview {
  previewOrder(input: { symbol: "BTC-USD", side: BUY, orderType: MARKET, quantity: "0.5" }) {
    approved deniedCode reservedCash estimatedPrice estimatedNotional estimatedFee
    checks { code passed limit value headroom }
  }
}
`,
  },
  {
    name: 'Provenance',
    query: `# Where a fill came from: its order, the risk checks, the signal, the model, the bars it saw.
query Provenance {
  fills(accountId: "replay-ema-cross", first: 1) {
    edges {
      node {
        timestamp side quantity price fee
        order {
          cause
          riskDecision { checks { code limit value } }
          signal { source reason model { version } prediction { inputs { from to } } }
        }
      }
    }
  }
}
`,
  },
];
