import type { ServerResponse } from 'node:http';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ThrottledBatches } from '../../platform/concurrency/throttled-batches.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Subscriber } from '../../platform/live/subscriber.js';
import { SeatListener } from './seat-listener.js';
import { SeatNotifier } from './seat-notifier.js';
import { SeatReader } from './seat-reader.js';
import { SeatTopic } from './seat-topic.js';

/** Streams in one process; beyond it a declared 503. */
const MAX_SUBSCRIBERS = 20_000;
/** Under the minute after which proxies take a silent connection for dead. */
const BEAT_MS = 15_000;
/** Signals cause one read in so long: without it, each API process would read once per signal of each other one. */
const READ_INTERVAL_MS = 100;

/** Tells those who watch a competition of its seats. */
@Injectable()
export class LiveSeats implements OnModuleDestroy {
  private readonly topics = new Map<string, SeatTopic>();
  /** How many reads for a first watcher are under way, by competition. */
  private readonly gathering = new Map<string, number>();
  private readonly refreshes = new ThrottledBatches(READ_INTERVAL_MS, (ids) => this.refreshNow(ids));
  private watching = 0;
  private heart: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    private readonly reader: SeatReader,
    private readonly notifier: SeatNotifier,
    private readonly listener: SeatListener,
  ) {}

  /** Opens a stream, and tells it the present state and every change. Nothing older than `seen`, its last event id. */
  async subscribe(competitionId: string, seen: number, open: () => ServerResponse): Promise<void> {
    if (this.stopping || this.watching >= MAX_SUBSCRIBERS)
      throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 5 });
    this.start();
    const known = this.topics.get(competitionId);
    const audience = known !== undefined && known.knownAt >= seen ? known : await this.gather(competitionId);
    const watcher = new Subscriber(open(), audience.latest);
    this.watching++;
    audience.add(watcher);
    watcher.onClose(() => {
      this.watching--;
      audience.remove(watcher);
      if (audience.size === 0 && this.topics.get(competitionId) === audience) this.topics.delete(competitionId);
    });
  }

  /** This process has changed the seats, and knows what they are now. */
  publish(competitionId: string, seats: { readonly seatsLeft: number; readonly waiting: number }): void {
    this.topics.get(competitionId)?.publish(seats);
    this.notifier.notify(competitionId);
  }

  /** Something that is told of has changed: everybody who has watchers reads it anew. */
  changed(competitionId: string): void {
    this.notifier.notify(competitionId);
    this.refresh(competitionId);
  }

  /** A sign of life for everybody; and the net under the signals: what was missed is read. */
  heartbeat(): void {
    for (const audience of this.topics.values()) audience.heartbeat();
    this.refreshAll();
  }

  /** Before anything drains: the servers would wait for streams that never end by themselves. */
  onModuleDestroy(): void {
    this.stopping = true;
    this.refreshes.stop();
    clearInterval(this.heart);
    for (const audience of this.topics.values()) audience.end();
  }

  /** Nobody pays for it who has no watchers: a worker, a process that has just started. */
  private start(): void {
    if (this.heart !== undefined) return;
    this.heart = setInterval(() => this.heartbeat(), BEAT_MS).unref();
    this.listener.listen({
      changed: (ids) => {
        for (const id of ids) this.refresh(id);
      },
      listening: () => this.refreshAll(),
    });
  }

  private async gather(competitionId: string): Promise<SeatTopic> {
    this.countGathering(competitionId, 1);
    const reading = await this.reader.read(competitionId).finally(() => this.countGathering(competitionId, -1));
    if (reading === null) throw new DomainError('COMPETITION_NOT_FOUND');
    if (this.stopping) throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 5 });
    let audience = this.topics.get(competitionId);
    if (audience === undefined) {
      audience = new SeatTopic(reading, this.reader.clock);
      this.topics.set(competitionId, audience);
    } else audience.update(reading);
    return audience;
  }

  private countGathering(competitionId: string, change: 1 | -1): void {
    const count = (this.gathering.get(competitionId) ?? 0) + change;
    if (count > 0) this.gathering.set(competitionId, count);
    else this.gathering.delete(competitionId);
  }

  private refreshAll(): void {
    for (const id of this.topics.keys()) this.refresh(id);
    for (const id of this.gathering.keys()) this.refresh(id);
  }

  private refresh(competitionId: string): void {
    if (this.isWatched(competitionId)) this.refreshes.add(competitionId);
  }

  /** Or about to be: the read for a first watcher may not have seen what a signal says meanwhile. */
  private isWatched(competitionId: string): boolean {
    return this.topics.has(competitionId) || this.gathering.has(competitionId);
  }

  /** All in one statement. Throws when the database is away: the same ones are read again later. */
  private async refreshNow(competitionIds: readonly string[]): Promise<void> {
    const watched = competitionIds.filter((id) => this.isWatched(id));
    await Promise.all(
      watched.map(async (id) => {
        const reading = await this.reader.read(id);
        const audience = this.topics.get(id);
        if (reading !== null) audience?.update(reading);
        // Deleted: who comes back hears so.
        else audience?.end();
      }),
    );
  }
}
