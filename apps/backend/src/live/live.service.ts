import type { ServerResponse } from 'node:http';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { Audience } from './audience.js';
import { SeatEar } from './seat-ear.js';
import { SeatReader } from './seat-reader.js';
import { SeatSignal } from './seat-signal.js';
import { ThrottledBatches } from './throttled-batches.js';
import { Watcher } from './watcher.js';

/** Streams in one process; beyond it a declared 503. */
const MOST_WATCHERS = 20_000;
/** Under the minute after which proxies take a silent connection for dead. */
const BEAT_MS = 15_000;
/** Signals cause one read in so long: without it, each API process would read once per signal of each other one. */
const READ_INTERVAL_MS = 100;

/** Tells those who watch a competition of its seats. */
@Injectable()
export class LiveService implements OnModuleDestroy {
  private readonly audiences = new Map<string, Audience>();
  /** How many reads for a first watcher are under way, by competition. */
  private readonly gathering = new Map<string, number>();
  private readonly refreshes = new ThrottledBatches(READ_INTERVAL_MS, (ids) => this.refreshNow(ids));
  private watching = 0;
  private heart: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    private readonly reader: SeatReader,
    private readonly signal: SeatSignal,
    private readonly ear: SeatEar,
  ) {}

  /** Opens a stream, and tells it the present state and every change. Nothing older than `seen`, its last event id. */
  async watch(competitionId: string, seen: number, open: () => ServerResponse): Promise<void> {
    if (this.stopping || this.watching >= MOST_WATCHERS) throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 5 });
    this.start();
    const known = this.audiences.get(competitionId);
    const audience = known !== undefined && known.knownAt >= seen ? known : await this.gather(competitionId);
    const watcher = new Watcher(open(), audience.latest);
    this.watching++;
    audience.add(watcher);
    watcher.onGone(() => {
      this.watching--;
      audience.remove(watcher);
      if (audience.size === 0 && this.audiences.get(competitionId) === audience) this.audiences.delete(competitionId);
    });
  }

  /** This process has changed the seats, and knows what they are now. */
  publish(competitionId: string, seats: { readonly seatsLeft: number; readonly waiting: number }): void {
    this.audiences.get(competitionId)?.publish(seats);
    this.signal.tell(competitionId);
  }

  /** Something that is told of has changed: everybody who has watchers reads it anew. */
  changed(competitionId: string): void {
    this.signal.tell(competitionId);
    this.refresh(competitionId);
  }

  /** A sign of life for everybody; and the net under the signals: what was missed is read. */
  beat(): void {
    for (const audience of this.audiences.values()) audience.beat();
    this.refreshAll();
  }

  /** Before anything drains: the servers would wait for streams that never end by themselves. */
  onModuleDestroy(): void {
    this.stopping = true;
    this.refreshes.stop();
    clearInterval(this.heart);
    for (const audience of this.audiences.values()) audience.end();
  }

  /** Nobody pays for it who has no watchers: a worker, a process that has just started. */
  private start(): void {
    if (this.heart !== undefined) return;
    this.heart = setInterval(() => this.beat(), BEAT_MS).unref();
    this.ear.listen({
      changed: (ids) => {
        for (const id of ids) this.refresh(id);
      },
      listening: () => this.refreshAll(),
    });
  }

  private async gather(competitionId: string): Promise<Audience> {
    this.countGathering(competitionId, 1);
    const reading = await this.reader.read(competitionId).finally(() => this.countGathering(competitionId, -1));
    if (reading === null) throw new DomainError('COMPETITION_NOT_FOUND');
    if (this.stopping) throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 5 });
    let audience = this.audiences.get(competitionId);
    if (audience === undefined) {
      audience = new Audience(reading, this.reader.clock);
      this.audiences.set(competitionId, audience);
    } else audience.learn(reading);
    return audience;
  }

  private countGathering(competitionId: string, change: 1 | -1): void {
    const count = (this.gathering.get(competitionId) ?? 0) + change;
    if (count > 0) this.gathering.set(competitionId, count);
    else this.gathering.delete(competitionId);
  }

  private refreshAll(): void {
    for (const id of this.audiences.keys()) this.refresh(id);
    for (const id of this.gathering.keys()) this.refresh(id);
  }

  private refresh(competitionId: string): void {
    if (this.isWatched(competitionId)) this.refreshes.add(competitionId);
  }

  /** Or about to be: the read for a first watcher may not have seen what a signal says meanwhile. */
  private isWatched(competitionId: string): boolean {
    return this.audiences.has(competitionId) || this.gathering.has(competitionId);
  }

  /** All in one statement. Throws when the database is away: the same ones are read again later. */
  private async refreshNow(competitionIds: readonly string[]): Promise<void> {
    const watched = competitionIds.filter((id) => this.isWatched(id));
    await Promise.all(
      watched.map(async (id) => {
        const reading = await this.reader.read(id);
        const audience = this.audiences.get(id);
        if (reading !== null) audience?.learn(reading);
        // Deleted: who comes back hears so.
        else audience?.end();
      }),
    );
  }
}
