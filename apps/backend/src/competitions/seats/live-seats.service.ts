import type { ServerResponse } from 'node:http';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ThrottledBatches } from '../../platform/concurrency/throttled-batches.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { Subscriber } from '../../platform/live/subscriber.js';
import { DraftViewers } from './draft-viewers.js';
import { LivePositions } from './live-positions.js';
import { SeatListener } from './seat-listener.js';
import { SeatNotifier } from './seat-notifier.js';
import { SeatReader, type SnapshotRead } from './seat-reader.js';
import { SeatTopic } from './seat-topic.js';

/** Streams in this process; further requests get a 503. */
const MAX_SUBSCRIBERS = 20_000;
/** Shorter than the minute after which proxies close a silent connection. */
const HEARTBEAT_INTERVAL_MS = 15_000;
/** At most one read per interval: otherwise each API process would read once per notification of every other one. */
const READ_INTERVAL_MS = 100;
/** A stream of a draft ends within 15 s after its reader has left the staff. */
const DRAFT_CHECK_INTERVAL_MS = 10_000;

interface SubscribeOptions {
  readonly competitionId: string;
  /** The stream has nothing older than this event. */
  readonly lastEventId: number;
  readonly reader: Pick<Principal, 'userId' | 'role'> | null;
  readonly open: () => ServerResponse;
}

/** Streams the seats of competitions to subscribers, and notifies the other processes of changes. */
@Injectable()
export class LiveSeats implements OnModuleDestroy {
  private readonly topics = new Map<string, SeatTopic>();
  /** By competition, how many new subscribers wait for a read of the first snapshot. */
  private readonly opening = new Map<string, number>();
  private readonly refreshes = new ThrottledBatches(READ_INTERVAL_MS, (ids) => this.refreshNow(ids));
  private subscriberCount = 0;
  private heartbeatTimer: NodeJS.Timeout | undefined;
  private draftTimer: NodeJS.Timeout | undefined;
  private isStopping = false;

  constructor(
    private readonly reader: SeatReader,
    private readonly notifier: SeatNotifier,
    private readonly listener: SeatListener,
    private readonly positions: LivePositions,
    private readonly drafts: DraftViewers,
  ) {}

  /** Opens a stream of the current state and every change. */
  async subscribe({ competitionId, lastEventId, reader, open }: SubscribeOptions): Promise<void> {
    if (this.isStopping || this.subscriberCount >= MAX_SUBSCRIBERS)
      throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 5 });
    this.start();
    const known = this.topics.get(competitionId);
    const isUsable = known !== undefined && !known.isDraft && known.snapshotAt >= lastEventId;
    const topic = isUsable ? known : await this.openTopic(competitionId, reader?.userId ?? null);
    const subscriber = new Subscriber(open(), topic.latestEvent);
    this.subscriberCount++;
    topic.add(subscriber);
    // A participant also gets their position on the waitlist.
    if (reader?.role === 'PARTICIPANT') this.positions.watch(competitionId, reader.userId, subscriber);
    if (topic.isDraft && reader !== null) this.drafts.add(competitionId, reader.userId, subscriber);
    subscriber.onClose(() => {
      this.subscriberCount--;
      topic.remove(subscriber);
      if (topic.size === 0 && this.topics.get(competitionId) === topic) this.topics.delete(competitionId);
    });
  }

  /** Seats that this process has just committed: its own subscribers get them without a read. */
  publish(competitionId: string, seats: { readonly seatsLeft: number; readonly waiting: number }): void {
    this.topics.get(competitionId)?.publish(seats);
    this.notifier.notify(competitionId);
  }

  /** Every process with subscribers of the competition reads it again. */
  changed(competitionId: string): void {
    this.notifier.notify(competitionId);
    this.refresh(competitionId);
  }

  /** Also reads all topics again, in case a notification was lost. */
  heartbeat(): void {
    for (const topic of this.topics.values()) topic.heartbeat();
    this.refreshAll();
  }

  /** Runs before the HTTP servers drain: they would wait for streams, which never end by themselves. */
  onModuleDestroy(): void {
    this.isStopping = true;
    this.refreshes.stop();
    clearInterval(this.heartbeatTimer);
    clearInterval(this.draftTimer);
    for (const topic of this.topics.values()) topic.end();
  }

  /** Runs for the first subscriber: a process without any needs no heartbeat and no connection to listen on. */
  private start(): void {
    if (this.heartbeatTimer !== undefined) return;
    this.heartbeatTimer = setInterval(() => this.heartbeat(), HEARTBEAT_INTERVAL_MS).unref();
    this.draftTimer = setInterval(() => this.refreshDrafts(), DRAFT_CHECK_INTERVAL_MS).unref();
    this.listener.listen({
      changed: (ids) => {
        for (const id of ids) this.refresh(id);
      },
      listening: () => this.refreshAll(),
    });
  }

  private async openTopic(competitionId: string, userId: string | null): Promise<SeatTopic> {
    this.countOpening(competitionId, 1);
    const read = await this.readAs(competitionId, userId).finally(() => this.countOpening(competitionId, -1));
    if (read === null) throw new DomainError('COMPETITION_NOT_FOUND');
    if (this.isStopping) throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 5 });
    this.update(competitionId, read);
    const topic = this.topics.get(competitionId) ?? new SeatTopic(read, this.reader.clock);
    this.topics.set(competitionId, topic);
    return topic;
  }

  private async readAs(competitionId: string, userId: string | null): Promise<SnapshotRead | null> {
    const read = await this.reader.read(competitionId);
    if (!read?.isDraft) return read;
    await this.drafts.ensureMayWatch(competitionId, userId);
    // Again: meanwhile a topic may have got a newer snapshot.
    return this.reader.read(competitionId);
  }

  private refreshDrafts(): void {
    for (const [id, topic] of this.topics) if (topic.isDraft) this.refresh(id);
  }

  private countOpening(competitionId: string, change: 1 | -1): void {
    const count = (this.opening.get(competitionId) ?? 0) + change;
    if (count > 0) this.opening.set(competitionId, count);
    else this.opening.delete(competitionId);
  }

  private refreshAll(): void {
    for (const id of this.topics.keys()) this.refresh(id);
    for (const id of this.opening.keys()) this.refresh(id);
  }

  private refresh(competitionId: string): void {
    if (this.hasSubscribers(competitionId)) this.refreshes.add(competitionId);
    this.positions.changed(competitionId);
  }

  /** Also true while the read for a first subscriber is running: it may miss a change that is notified meanwhile. */
  private hasSubscribers(competitionId: string): boolean {
    return this.topics.has(competitionId) || this.opening.has(competitionId);
  }

  /** One statement for all. Throws when the database is unavailable; the batch is then retried. */
  private async refreshNow(competitionIds: readonly string[]): Promise<void> {
    const subscribed = competitionIds.filter((id) => this.hasSubscribers(id));
    await Promise.all(
      subscribed.map(async (id) => {
        const read = await this.reader.read(id);
        this.update(id, read);
        if (read?.isDraft) await this.drafts.endRevoked(id);
      }),
    );
  }

  private update(competitionId: string, read: SnapshotRead | null): void {
    const topic = this.topics.get(competitionId);
    if (topic === undefined) return;
    if (read === null || (read.isDraft && !topic.isDraft)) {
      // Deleted, or a draft again: subscribers that reconnect get a 404, except the staff of a draft.
      this.topics.delete(competitionId);
      topic.end();
    } else topic.update(read);
  }
}
