import { setTimeout as pause } from 'node:timers/promises';
import type { SeatsEvent } from '@mini-compete/shared/seats';
import { broadcast, encode, HEARTBEAT } from '../../platform/live/event-stream.js';
import type { Subscriber } from '../../platform/live/subscriber.js';
import type { DatabaseClock } from '../../platform/time/database-clock.js';
import { statusOf } from '../catalog/competitions.rules.js';
import type { CompetitionSnapshot, SnapshotRead } from './seat-reader.js';

/** Pause after a broadcast: nine times its duration, within these bounds, so that it takes a tenth of the time. */
const PAUSE = { factor: 9, minMs: 100, maxMs: 800 };
const MAX_TIMER_MS = 3_600_000;
/** A subscriber that has read nothing for this long is disconnected. If it is still alive, it reconnects. */
const STUCK_MS = 30_000;

/**
 * All subscribers of one competition in this process. Changes are coalesced and throttled: each event is the latest
 * state, and there is no backlog.
 */
export class SeatTopic {
  private readonly subscribers = new Set<Subscriber>();
  private snapshot: CompetitionSnapshot;
  /** When the snapshot was current, by the database's clock. It is the id of events. */
  snapshotAt: number;
  private publishedAt = Number.NEGATIVE_INFINITY;
  /** The state of the last broadcast. */
  private lastSent: string;
  private hasUnsent = false;
  private isBroadcasting = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    snapshot: CompetitionSnapshot,
    private readonly clock: DatabaseClock,
  ) {
    this.snapshot = snapshot;
    this.snapshotAt = clock.now().getTime();
    this.lastSent = this.state();
    this.scheduleNextChange();
  }

  get isDraft(): boolean {
    return this.snapshot.isDraft;
  }

  get size(): number {
    return this.subscribers.size;
  }

  readonly latestEvent = (): Buffer => {
    const now = this.clock.now();
    return encode(this.snapshotAt, 'seats', {
      ...seatsAt(this.snapshot, now),
      serverTime: now.toISOString(),
    } satisfies SeatsEvent);
  };

  add(subscriber: Subscriber): void {
    this.subscribers.add(subscriber);
    subscriber.send(this.latestEvent());
  }

  remove(subscriber: Subscriber): void {
    this.subscribers.delete(subscriber);
    if (this.size === 0) clearTimeout(this.timer);
  }

  /** Seats that this process has just committed. */
  publish(seats: Pick<CompetitionSnapshot, 'seatsLeft' | 'waiting'>): void {
    this.publishedAt = performance.now();
    this.setSnapshot({ ...this.snapshot, ...seats });
  }

  /** Ignores a read that began before the last `publish` and may be older; another read follows the notification. */
  update(read: SnapshotRead): void {
    if (read.sentAt > this.publishedAt) this.setSnapshot(read);
  }

  heartbeat(): void {
    const now = performance.now();
    for (const subscriber of this.subscribers) {
      if (subscriber.stuckSince !== null && now - subscriber.stuckSince > STUCK_MS) subscriber.destroy();
      else subscriber.heartbeat(HEARTBEAT);
    }
  }

  end(): void {
    clearTimeout(this.timer);
    for (const subscriber of this.subscribers) subscriber.end();
  }

  private setSnapshot(snapshot: CompetitionSnapshot): void {
    this.snapshot = snapshot;
    this.snapshotAt = this.clock.now().getTime();
    this.scheduleNextChange();
    this.broadcastIfChanged();
  }

  private state(): string {
    return JSON.stringify(seatsAt(this.snapshot, this.clock.now()));
  }

  private broadcastIfChanged(): void {
    if (this.state() === this.lastSent && !this.hasUnsent) return;
    this.hasUnsent = true;
    if (!this.isBroadcasting) void this.broadcast();
  }

  /** Never rejects: a write to a broken connection ends that subscriber only. */
  private async broadcast(): Promise<void> {
    this.isBroadcasting = true;
    while (this.hasUnsent && this.size > 0) {
      this.hasUnsent = false;
      this.lastSent = this.state();
      const startedAt = performance.now();
      const event = this.latestEvent();
      await broadcast(this.subscribers, (subscriber) => subscriber.send(event));
      const elapsedMs = performance.now() - startedAt;
      const pauseMs = Math.min(PAUSE.maxMs, Math.max(PAUSE.minMs, elapsedMs * PAUSE.factor));
      await pause(pauseMs, undefined, { ref: false });
    }
    this.isBroadcasting = false;
  }

  /** When registration opens or closes, or a hold is due, the status changes without any notification. */
  private scheduleNextChange(): void {
    clearTimeout(this.timer);
    const now = this.clock.now();
    const next = nextStatusChange(this.snapshot, now);
    if (next === null) return;
    const ms = Math.min(next.getTime() - now.getTime() + 1, MAX_TIMER_MS);
    this.timer = setTimeout(() => {
      this.scheduleNextChange();
      this.broadcastIfChanged();
    }, ms).unref();
  }
}

function seatsAt(snapshot: CompetitionSnapshot, now: Date): Omit<SeatsEvent, 'serverTime'> {
  const { seatsLeft, waiting, version } = snapshot;
  return { seatsLeft, waiting, status: statusOf(snapshot, now), version };
}

function nextStatusChange(snapshot: CompetitionSnapshot, now: Date): Date | null {
  const { cancelledAt, regOpensAt, regDeadline, nextExpiryAt } = snapshot;
  if (cancelledAt !== null || regDeadline <= now) return null;
  const changes = [regOpensAt, nextExpiryAt, regDeadline].filter((at) => at !== null && at > now) as Date[];
  return changes.reduce((first, at) => (at < first ? at : first));
}
