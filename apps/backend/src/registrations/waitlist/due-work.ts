import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type pg from 'pg';
import { SeatNotifier } from '../../competitions/seats/seat-notifier.js';
import { POOL } from '../../platform/database/pool.js';
import { messageOf } from '../../platform/queue/errors.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { WakeableTimer } from '../../platform/queue/wakeable-timer.js';

const INTERVAL_MS = 1_000;
/** In one round; the others follow in the next one. */
const MAX_COMPETITIONS = 100;

/**
 * Ends holds and invitations that have expired, which gives their seats to the waitlist, and goes on with unfinished
 * promotions. 500 at a time: nobody else may lock these competitions for a long time. Each step is one transaction, so a
 * worker may die after any of them, and another one goes on.
 */
@Injectable()
export class DueWork implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Waitlist');
  private readonly timer = new WakeableTimer();
  private running: Promise<void> | undefined;
  private isStopping = false;
  private isFailing = false;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly seats: SeatNotifier,
    private readonly outbox: Outbox,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    this.timer.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      const startedAt = performance.now();
      const steps = await this.takeSteps();
      // Half of the time: without a pause, registrations would wait for the lock of the competition most of the time.
      await this.timer.wait(steps > 0 ? performance.now() - startedAt : INTERVAL_MS);
    }
  }

  /** One step for each competition that has work due. Returns how many were taken. Never rejects. */
  private async takeSteps(): Promise<number> {
    let steps = 0;
    try {
      const { rows: due } = await this.pool.query<{ id: string }>({ name: 'due_competitions', text: DUE });
      for (const { id } of due) {
        if (this.isStopping) break;
        const { rows } = await this.pool.query({ name: 'settle', text: SETTLE, values: [id] });
        if (rows.length === 0) continue;
        steps++;
        this.seats.notify(id);
        this.outbox.wake();
      }
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing)
        this.logger.warn(`Cannot end expired holds or promote people, retrying: ${messageOf(error)}`);
      this.isFailing = true;
    }
    return steps;
  }
}

/** Two parts, each of which reads an index with nothing but such competitions. */
const DUE = `
  (SELECT id FROM competitions WHERE next_due_at IS NOT NULL ORDER BY next_due_at LIMIT ${MAX_COMPETITIONS})
  UNION
  (SELECT id FROM competitions WHERE next_expiry_at <= now() ORDER BY next_expiry_at LIMIT ${MAX_COMPETITIONS})`;

/** A transaction that holds the lock takes a step itself; waiting for it would delay the other competitions. */
const SETTLE = `
  SELECT settle_v1(id)
  FROM (
    SELECT id FROM competitions WHERE id = $1 AND (next_due_at IS NOT NULL OR next_expiry_at <= now())
    FOR NO KEY UPDATE SKIP LOCKED
  ) locked`;
