import { LruMap } from './lru-map.js';

/** What a client may still spend on operations, in cost units. */
export interface Budget {
  readonly limit: number;
  readonly remaining: number;
  /** Epoch milliseconds at which the budget is full again when nothing more is spent. */
  readonly fullAtMs: number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

const MINUTE_MS = 60_000;
/** Addresses remembered at once; one that was pushed out starts with a full budget again. */
const REMEMBERED_CLIENTS = 10_000;

/** A token bucket a client: `perMinute` cost units, refilled evenly. Wall time, as it guards the machine, not the market. */
export class ClientBudgets {
  private readonly buckets = new LruMap<string, Bucket>(REMEMBERED_CLIENTS);

  constructor(
    private readonly perMinute: number,
    private readonly now: () => number = Date.now,
  ) {}

  read(client: string): Budget {
    return this.describe(this.refilled(client));
  }

  /** Takes `cost` when there is enough, and nothing otherwise. */
  spend(client: string, cost: number): { readonly granted: boolean; readonly budget: Budget } {
    const bucket = this.refilled(client);
    const granted = bucket.tokens >= cost;
    if (granted) bucket.tokens -= cost;
    return { granted, budget: this.describe(bucket) };
  }

  private refilled(client: string): Bucket {
    const now = this.now();
    const bucket = this.buckets.get(client) ?? { tokens: this.perMinute, atMs: now };
    const gained = (Math.max(0, now - bucket.atMs) / MINUTE_MS) * this.perMinute;
    bucket.tokens = Math.min(this.perMinute, bucket.tokens + gained);
    bucket.atMs = now;
    this.buckets.set(client, bucket);
    return bucket;
  }

  private describe(bucket: Bucket): Budget {
    const missing = this.perMinute - bucket.tokens;
    return {
      limit: this.perMinute,
      remaining: Math.floor(bucket.tokens),
      fullAtMs: bucket.atMs + Math.ceil((missing / this.perMinute) * MINUTE_MS),
    };
  }
}
