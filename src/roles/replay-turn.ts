import { randomUUID } from 'node:crypto';
import { PgReplayTurn } from '../adapters/postgres/replay-turn.js';
import type { Foundation } from './foundation.js';
import type { Replay } from './market-data.js';
import { holdReplay } from './replay-hold.js';

/** Long enough for a stop-the-world pause, short enough that the replay of a crashed process soon goes on elsewhere. */
const LEASE_MS = 10_000;
/** A third of a lease: one renewal that is lost costs nothing. */
const RENEW_EVERY_MS = LEASE_MS / 3;
const LOOK_EVERY_MS = 250;

/** Market time of a process in a replay: one process of those that ingest plays it, all others follow what it has stored. */
export class ReplayTurn {
  private readonly turn: PgReplayTurn;
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> | null = null;
  private mayPlay = false;
  private plays = false;
  private claimedAtMs = Number.NEGATIVE_INFINITY;
  /** What the others were told of the replay last. */
  private toldRunning = false;
  private onTurn: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly foundation: Foundation,
    private readonly replay: Replay,
  ) {
    this.turn = new PgReplayTurn(foundation.database.pool, randomUUID());
  }

  /** Called when this process gets its turn for the first time. */
  whenPlaying(onTurn: () => Promise<void>): void {
    this.onTurn = onTurn;
  }

  /** Follows the replay from now on. */
  async follow(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => void this.lookAgain(), LOOK_EVERY_MS);
  }

  /** Plays it from now on, as soon and as long as nobody else does. */
  async play(): Promise<void> {
    this.mayPlay = true;
    await this.looking;
    await this.lookAgain();
    if (this.plays) return;
    this.foundation.steps.begin('Replay').done('another process plays it; this one is ready to take over');
  }

  /** Gives the turn back. To be called when nothing is ingested any more. */
  async close(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.looking;
    if (this.plays) await this.turn.release();
  }

  /** Never rejects, never overlaps: the next look tries again. */
  private lookAgain(): Promise<void> {
    this.looking ??= this.look()
      .catch((error: unknown) => this.notSeen(error))
      .finally(() => {
        this.looking = null;
      });
    return this.looking;
  }

  private async look(): Promise<void> {
    const { pace, storedPosition } = this.replay;
    if (this.mayPlay && this.isClaimDue()) await this.claim();
    if (this.plays) return;
    const isRunning = await this.turn.isRunning();
    pace.follow(await storedPosition(), isRunning);
  }

  private isClaimDue(): boolean {
    const isTold = !this.plays || this.toldRunning === (this.replay.pace.state === 'RUNNING');
    return !isTold || performance.now() - this.claimedAtMs >= (this.plays ? RENEW_EVERY_MS : LOOK_EVERY_MS);
  }

  private async claim(): Promise<void> {
    const { pace, storedPosition } = this.replay;
    const isRunning = this.plays && pace.state === 'RUNNING';
    const askedAtMs = performance.now();
    const isOurs = await this.turn.claim(isRunning, LEASE_MS);
    this.claimedAtMs = askedAtMs;
    this.toldRunning = isRunning;
    if (isOurs && !this.plays) {
      // It follows still: what it is told to play meanwhile it does not.
      await this.onTurn();
      this.onTurn = () => Promise.resolve();
      pace.lead(await storedPosition());
      holdReplay(this.foundation, this.replay);
    }
    if (!isOurs && this.plays) this.foundation.logger.warn({}, 'another process plays the replay now');
    this.plays = isOurs;
  }

  /** The database does not answer: who cannot renew its turn may have lost it. */
  private notSeen(error: unknown): void {
    this.foundation.logger.warn({ err: error }, 'the state of the replay could not be read; it is tried again');
    if (!this.plays || performance.now() - this.claimedAtMs < LEASE_MS) return;
    this.plays = false;
    this.replay.pace.follow(this.replay.pace.now(), true);
  }
}

/** Null where market data is live. To be opened before what ingests, so that the turn is given back after it. */
export async function openReplayTurn(foundation: Foundation): Promise<ReplayTurn | null> {
  if (foundation.replay === null) return null;
  const turn = new ReplayTurn(foundation, foundation.replay);
  foundation.shutdown.add('replay turn', () => turn.close());
  await turn.follow();
  return turn;
}
