/** What of an account may be seen by what decides for it. */
export interface AccountView {
  /** Cash, what is set aside for open buys included. */
  readonly cashCents: number;
  /** Cash and positions at their marks. */
  readonly equityCents: number;
  /** Lots held of a symbol; 0 when flat. */
  positionLots(symbol: string): number;
}
