import type { AccountState } from '../../domain/account-state.js';
import type { Instrument } from '../../domain/instrument.js';
import { invariant } from '../../domain/result.js';
import { isUsEquitySession } from '../../domain/us-equity-session.js';
import type { TradingSettings } from '../../engines/execution/trading-settings.js';
import type { LockedAccount, TradingStore } from '../../ports/trading-store.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import type { AssembledSlice } from './slice-assembler.js';
import { tradingSettings, type TradingProfile } from './trading-profile.js';

/** What is remembered between transactions: good while the account's version in the database is this one. */
interface Remembered {
  readonly state: AccountState;
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly version: number;
}

/** The books of one account between transactions: used again only while nobody else has changed them. */
export class AccountBooks {
  private readonly instruments = new Map<string, Instrument>();
  private remembered: Remembered | null = null;
  private settingsOf: {
    readonly instruments: ReadonlyMap<string, Instrument>;
    readonly settings: TradingSettings;
  } | null = null;

  constructor(
    private readonly store: TradingStore,
    private readonly profile: TradingProfile,
  ) {}

  /** What a committed transaction left. */
  remember(remembered: Remembered): void {
    this.remembered = remembered;
  }

  /** After a rollback: nothing that it may have seen is used again. */
  forget(): void {
    this.remembered = null;
  }

  /** The state of the locked version: as remembered, or loaded, with the markets that past slices have shown. */
  async load(tx: Transaction, locked: LockedAccount): Promise<Omit<Remembered, 'version'>> {
    const { remembered } = this;
    if (remembered !== null && remembered.version === locked.version) return remembered;
    const loaded = await this.store.loadState(tx, locked);
    const instruments = new Map([...(remembered?.instruments ?? []), ...loaded.instruments]);
    const known = remembered !== null && remembered.state.asOf === locked.asOf ? remembered.state.markets : new Map();
    return { state: { ...loaded.state, markets: known }, instruments };
  }

  /**
   * Adds what the slice's symbols have shown before it, where that is not known, or where bars lie between that came as history
   * (a source that was away): an account that goes on then knows what one knows that begins again.
   */
  async withMarkets(
    tx: Transaction,
    state: AccountState,
    instruments: ReadonlyMap<string, Instrument>,
    slice: AssembledSlice,
  ): Promise<Omit<Remembered, 'version'>> {
    const unknown = slice.bars.filter(
      ({ symbol, timestamp }) => state.markets.get(symbol)?.lastCloseTime !== timestamp || !instruments.has(symbol),
    );
    if (unknown.length === 0) return { state, instruments };
    await this.know(
      tx,
      unknown.map(({ symbol }) => symbol),
    );
    const bars = unknown.map(({ symbol, timeframe, timestamp }) => ({
      instrument: this.known(symbol),
      timeframe,
      timestamp,
    }));
    const known = new Map(instruments);
    for (const { instrument } of bars) known.set(instrument.symbol, instrument);
    const markets = new Map([...state.markets, ...(await this.store.marketsBefore(tx, bars))]);
    return { state: { ...state, markets }, instruments: known };
  }

  /** Made anew only when the instruments are others. */
  settings(instruments: ReadonlyMap<string, Instrument>): TradingSettings {
    if (this.settingsOf?.instruments !== instruments) {
      this.settingsOf = { instruments, settings: tradingSettings(this.profile, instruments) };
    }
    return this.settingsOf.settings;
  }

  /** Reads the instruments that are not known yet, all at once: an account may follow thousands. */
  async know(tx: Transaction, symbols: readonly string[]): Promise<void> {
    const unknown = symbols.filter((symbol) => !this.instruments.has(symbol));
    if (unknown.length === 0) return;
    for (const [symbol, instrument] of await this.store.instruments(unknown, tx)) {
      this.instruments.set(symbol, instrument);
    }
  }

  private known(symbol: string): Instrument {
    const instrument = this.instruments.get(symbol);
    invariant(instrument !== undefined, `the instrument of ${symbol} is stored before its bars`);
    return instrument;
  }

  /** A bar that closes at the session's end was traded within it. */
  marketIsOpen(symbol: string, time: number): boolean {
    return this.instruments.get(symbol)?.calendar !== 'us-equity' || isUsEquitySession(time - 1, 0);
  }
}
