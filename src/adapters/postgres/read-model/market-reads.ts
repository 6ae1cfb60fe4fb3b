import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { DataQualityRow } from '../../../ports/bar-store.js';
import type {
  BarSeriesView,
  BarView,
  InstrumentView,
  MarketReadModel,
  Page,
  PageRequest,
  SeriesFilter,
} from '../../../ports/read-model.js';
import { DataQualityEntity, InstrumentEntity, TrackedSymbolEntity } from '../entities/instrument-entities.js';
import type { PgBarReads } from './bar-reads.js';
import { type KeyColumn, keysetPage, matching } from './keyset-page.js';

const ISSUES: readonly KeyColumn<DataQualityEntity>[] = [
  { property: 'symbol', order: 'asc' },
  { property: 'timeframe', order: 'asc' },
  { property: 'code', order: 'asc' },
];

const withSeries = (instrument: InstrumentEntity, tracked: readonly TrackedSymbolEntity[]): InstrumentView => ({
  ...instrument,
  tracked: tracked.filter(({ symbol }) => symbol === instrument.symbol),
});

export class PgMarketReads implements MarketReadModel {
  /** @param fork a fresh entity manager for each read: no row is served from an earlier one */
  constructor(
    private readonly fork: () => SqlEntityManager,
    private readonly barReads: PgBarReads,
  ) {}

  async instruments(): Promise<readonly InstrumentView[]> {
    const em = this.fork();
    const instruments = await em.find(InstrumentEntity, {}, { orderBy: { symbol: 'asc' } });
    const tracked = await em.find(TrackedSymbolEntity, {}, { orderBy: { symbol: 'asc', timeframe: 'asc' } });
    return instruments.map((instrument) => withSeries(instrument, tracked));
  }

  async instrument(symbol: string): Promise<InstrumentView | null> {
    const em = this.fork();
    const instrument = await em.findOne(InstrumentEntity, { symbol });
    if (instrument === null) return null;
    return withSeries(instrument, await em.find(TrackedSymbolEntity, { symbol }, { orderBy: { timeframe: 'asc' } }));
  }

  bars(filter: SeriesFilter, page: PageRequest): Promise<Page<BarView>> {
    return this.barReads.bars(filter, page);
  }

  barSeries(filter: SeriesFilter, from: 'first' | 'last', size: number): Promise<BarSeriesView> {
    return this.barReads.barSeries(filter, from, size);
  }

  dataQuality(symbol: string | null, page: PageRequest): Promise<Page<DataQualityRow>> {
    return keysetPage(this.fork(), DataQualityEntity, matching({ symbol }), ISSUES, page, (row): DataQualityRow => row);
  }
}
