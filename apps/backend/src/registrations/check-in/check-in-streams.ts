import type { ServerResponse } from 'node:http';
import { may } from '@mini-compete/shared/permissions';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type pg from 'pg';
import { STAFF_ACCESS, type StaffAccess } from '../../competitions/staff/staff-access.js';
import { POOL } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Subscriber } from '../../platform/live/subscriber.js';
import { CheckInDayService } from './check-in-day.service.js';
import { CheckInTopic } from './check-in-topic.js';

/** Only staff watches, so a process has few. */
const MAX_SUBSCRIBERS = 2_000;
const READ_INTERVAL_MS = 1_000;
/** Every so many reads: a stream ends within 15 s after its reader has lost the role. */
const READS_PER_CHECK = 10;

interface SubscribeOptions {
  readonly competitionId: string;
  readonly userId: string;
  readonly open: () => ServerResponse;
}

/**
 * Streams the numbers of check-ins. Reads them once a second for each competition that somebody watches, and not on
 * notifications: scans come every second on that day, the numbers per minute change without any scan, and nothing has to
 * be sent between processes.
 */
@Injectable()
export class CheckInStreams implements OnModuleDestroy {
  private readonly logger = new Logger('CheckIns');
  private readonly topics = new Map<string, CheckInTopic>();
  private timer: NodeJS.Timeout | undefined;
  private subscriberCount = 0;
  private readsUntilCheck = READS_PER_CHECK;
  private isReading = false;
  private isStopping = false;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly day: CheckInDayService,
  ) {}

  async subscribe({ competitionId, userId, open }: SubscribeOptions): Promise<void> {
    if (this.isStopping || this.subscriberCount >= MAX_SUBSCRIBERS)
      throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 5 });
    const numbers = await this.day.numbers(competitionId);
    const topic = this.topics.get(competitionId) ?? new CheckInTopic(numbers);
    this.topics.set(competitionId, topic);
    const subscriber = new Subscriber(open(), topic.latestEvent);
    this.subscriberCount++;
    topic.add(subscriber, userId);
    subscriber.onClose(() => {
      this.subscriberCount--;
      topic.remove(subscriber);
      if (topic.size === 0 && this.topics.get(competitionId) === topic) this.topics.delete(competitionId);
    });
    this.timer ??= setInterval(() => void this.refresh(), READ_INTERVAL_MS).unref();
  }

  /** Runs before the HTTP servers drain: they would wait for streams, which never end by themselves. */
  onModuleDestroy(): void {
    this.isStopping = true;
    clearInterval(this.timer);
    for (const topic of this.topics.values()) topic.end();
  }

  /** Never rejects: while the database is away, the streams stay open with what they have. */
  private async refresh(): Promise<void> {
    if (this.isReading || this.topics.size === 0) return;
    this.isReading = true;
    try {
      const isCheck = --this.readsUntilCheck <= 0;
      if (isCheck) this.readsUntilCheck = READS_PER_CHECK;
      for (const [competitionId, topic] of this.topics) {
        if (isCheck) await this.check(competitionId, topic);
        topic.update(await this.day.numbers(competitionId));
      }
    } catch (error) {
      this.logger.warn(`Cannot read the numbers of a check-in: ${(error as Error).message}`);
    } finally {
      this.isReading = false;
    }
  }

  private async check(competitionId: string, topic: CheckInTopic): Promise<void> {
    topic.heartbeat();
    const allowed = new Set<string>();
    for (const userId of topic.userIds) {
      const { rows } = await this.pool.query<StaffAccess>({
        name: 'staff_access',
        text: STAFF_ACCESS,
        values: [competitionId, userId],
      });
      if (may(rows[0]?.role ?? null, 'checkIn')) allowed.add(userId);
    }
    topic.keepOnly(allowed);
  }
}
