import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { SeatsEvent } from '@mini-compete/shared/seats';
import { encode, HEARTBEAT } from '../../platform/live/event-stream.js';
import type { Subscriber } from '../../platform/live/subscriber.js';
import type { DatabaseClock } from '../../platform/time/database-clock.js';
import { nextChange, seatsAt } from './live-seats.rules.js';
import type { CompetitionSnapshot, SnapshotRead } from './seat-reader.js';

/** Between two rounds of telling everybody: long enough that telling takes a tenth of the time, at most. */
const GAP = { leastMs: 100, timesTheRound: 9, mostMs: 800 };
/** Then other requests have a turn. */
const TOLD_IN_ONE_TURN = 250;
const LONGEST_TIMER_MS = 3_600_000;
/** A reader who takes nothing for so long is gone, or may come again. */
const STUCK_MS = 30_000;

/** Those who watch one competition, and what they have been told of it: the latest state, never a backlog. */
export class SeatTopic {
  private readonly subscribers = new Set<Subscriber>();
  private snapshot: CompetitionSnapshot;
  /** The moment, by the database's clock, as of which the facts are known. */
  knownAt: number;
  private publishedAt = Number.NEGATIVE_INFINITY;
  private told: string;
  private untold = false;
  private telling = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    facts: CompetitionSnapshot,
    private readonly clock: DatabaseClock,
  ) {
    this.snapshot = facts;
    this.knownAt = clock.now().getTime();
    this.told = this.state();
    this.wakeAtNextChange();
  }

  get size(): number {
    return this.subscribers.size;
  }

  readonly latest = (): Buffer => {
    const now = this.clock.now();
    return encode(this.knownAt, 'seats', {
      ...seatsAt(this.snapshot, now),
      serverTime: now.toISOString(),
    } satisfies SeatsEvent);
  };

  add(watcher: Subscriber): void {
    this.subscribers.add(watcher);
    watcher.send(this.latest());
  }

  remove(watcher: Subscriber): void {
    this.subscribers.delete(watcher);
    if (this.size === 0) clearTimeout(this.timer);
  }

  /** What this process has just done to the seats. */
  publish(seats: Pick<CompetitionSnapshot, 'seatsLeft' | 'waiting'>): void {
    this.publishedAt = performance.now();
    this.know({ ...this.snapshot, ...seats });
  }

  /** What the database says. If something was published meanwhile, that may be newer; another reading follows it. */
  update(reading: SnapshotRead): void {
    if (reading.sentAt > this.publishedAt) this.know(reading);
  }

  heartbeat(): void {
    const now = performance.now();
    for (const watcher of this.subscribers) {
      if (watcher.stuckSince !== null && now - watcher.stuckSince > STUCK_MS) watcher.destroy();
      else watcher.heartbeat(HEARTBEAT);
    }
  }

  end(): void {
    clearTimeout(this.timer);
    for (const watcher of this.subscribers) watcher.end();
  }

  private know(facts: CompetitionSnapshot): void {
    this.snapshot = facts;
    this.knownAt = this.clock.now().getTime();
    this.wakeAtNextChange();
    this.tellIfNew();
  }

  private state(): string {
    return JSON.stringify(seatsAt(this.snapshot, this.clock.now()));
  }

  private tellIfNew(): void {
    if (this.state() === this.told && !this.untold) return;
    this.untold = true;
    if (!this.telling) void this.tellAll();
  }

  private async tellAll(): Promise<void> {
    this.telling = true;
    while (this.untold && this.size > 0) {
      this.untold = false;
      this.told = this.state();
      const began = performance.now();
      await this.tellOnce(this.latest());
      const took = performance.now() - began;
      const gap = Math.min(GAP.mostMs, Math.max(GAP.leastMs, took * GAP.timesTheRound));
      await pause(gap, undefined, { ref: false });
    }
    this.telling = false;
  }

  /** Encoded once, the same bytes for all. */
  private async tellOnce(event: Buffer): Promise<void> {
    let n = 0;
    for (const watcher of this.subscribers) {
      watcher.send(event);
      if (++n % TOLD_IN_ONE_TURN === 0) await nextTurn();
    }
  }

  /** Opening and closing change the status although nobody does anything. */
  private wakeAtNextChange(): void {
    clearTimeout(this.timer);
    const now = this.clock.now();
    const next = nextChange(this.snapshot, now);
    if (next === null) return;
    const ms = Math.min(next.getTime() - now.getTime() + 1, LONGEST_TIMER_MS);
    this.timer = setTimeout(() => {
      this.wakeAtNextChange();
      this.tellIfNew();
    }, ms).unref();
  }
}
