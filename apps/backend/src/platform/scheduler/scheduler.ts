import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type Schedule, schedules } from '../../registry/schedules.js';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { PrismaService } from '../database/prisma.service.js';
import { messageOf } from '../queue/errors.js';
import { Outbox } from '../queue/outbox.js';
import { Clock } from '../time/clock.js';
import { slotAt } from './slots.js';

const INTERVAL_MS = 1_000;

/**
 * Enqueues scheduled jobs, each slot once: of several workers, the one that inserts the row of the slot enqueues. After
 * a time without any worker only the current slot runs, because a run does all the work that is due.
 */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Scheduler');
  private readonly schedules: readonly Schedule[];
  /** Per job, the last slot that this worker knows to be enqueued: saves a query per second. */
  private readonly lastSlots = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isFailing = false;

  constructor(
    @Inject(ENV) env: Env,
    private readonly clock: Clock,
    private readonly prisma: PrismaService,
    private readonly outbox: Outbox,
  ) {
    this.schedules = schedules(env);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.enqueueDue());
    }, INTERVAL_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Never rejects: a failed call is retried a second later. */
  async enqueueDue(): Promise<void> {
    try {
      for (const schedule of this.schedules) await this.enqueueSlot(schedule);
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing) this.logger.warn(`Cannot enqueue scheduled jobs, retrying: ${messageOf(error)}`);
      this.isFailing = true;
    }
  }

  private async enqueueSlot({ job, cron }: Schedule): Promise<void> {
    const slot = slotAt(cron, this.clock.now());
    if (this.lastSlots.get(job) === slot.getTime()) return;
    await this.prisma.$transaction(async (tx) => {
      const inserted = await tx.$executeRaw`
        INSERT INTO scheduled_runs (name, slot) VALUES (${job}, ${slot}) ON CONFLICT DO NOTHING`;
      if (inserted === 1) await this.outbox.add(tx, job, { slot: slot.toISOString() });
    });
    this.lastSlots.set(job, slot.getTime());
  }
}
