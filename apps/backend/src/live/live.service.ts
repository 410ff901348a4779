import type { ServerResponse } from 'node:http';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { Audience } from './audience.js';
import { SeatEar } from './seat-ear.js';
import { SeatReader } from './seat-reader.js';
import { SeatSignal } from './seat-signal.js';
import { Watcher } from './watcher.js';

/** Streams in one process; beyond it a declared 503. */
const MOST_WATCHERS = 20_000;
/** Under the minute after which proxies take a silent connection for dead. */
const BEAT_MS = 15_000;

/** Tells those who watch a competition of its seats. */
@Injectable()
export class LiveService implements BeforeApplicationShutdown {
  private readonly audiences = new Map<string, Audience>();
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
    if (this.audiences.has(competitionId)) this.refresh(competitionId);
  }

  /** A sign of life for everybody; and the net under the signals: what was missed is read. */
  beat(): void {
    for (const audience of this.audiences.values()) audience.beat();
    this.refreshAll();
  }

  /** Before the server closes: it waits for streams that would never end. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
    clearInterval(this.heart);
    for (const audience of this.audiences.values()) audience.end();
  }

  /** Nobody pays for it who has no watchers: a worker, a process that has just started. */
  private start(): void {
    if (this.heart !== undefined) return;
    this.heart = setInterval(() => this.beat(), BEAT_MS).unref();
    this.ear.listen({
      changed: (ids) => {
        for (const id of ids) if (this.audiences.has(id)) this.refresh(id);
      },
      listening: () => this.refreshAll(),
    });
  }

  private async gather(competitionId: string): Promise<Audience> {
    const reading = await this.reader.read(competitionId);
    if (reading === null) throw new DomainError('COMPETITION_NOT_FOUND');
    if (this.stopping) throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 5 });
    let audience = this.audiences.get(competitionId);
    if (audience === undefined) {
      audience = new Audience(reading, this.reader.clock);
      this.audiences.set(competitionId, audience);
    } else audience.learn(reading);
    return audience;
  }

  private refreshAll(): void {
    for (const id of this.audiences.keys()) this.refresh(id);
  }

  private refresh(competitionId: string): void {
    this.reader.read(competitionId).then(
      (reading) => {
        const audience = this.audiences.get(competitionId);
        if (reading !== null) audience?.learn(reading);
        // Deleted: who comes back hears so.
        else audience?.end();
      },
      () => {}, // the database is away; the next beat reads again
    );
  }
}
