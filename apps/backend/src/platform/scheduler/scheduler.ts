import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type Schedule, schedules } from '../../registry/schedules.js';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { PrismaService } from '../database/prisma.service.js';
import { messageOf } from '../queue/errors.js';
import { Outbox } from '../queue/outbox.js';
import { Clock } from '../time/clock.js';
import { slotAt } from './slots.js';

const EVERY_MS = 1_000;

/**
 * Enqueues what the timetable says. One row per name and slot decides which server's tick counts. What nobody ran
 * while all were down is caught up at the first tick: the present slot has no row yet, and each run does all there is
 * to do, so that one of them stands for all that were missed.
 */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Schedule');
  private readonly schedules: readonly Schedule[];
  private readonly ticked = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private ticking: Promise<void> = Promise.resolve();
  private failing = false;

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
      this.ticking = this.ticking.then(() => this.tick());
    }, EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.ticking;
  }

  async tick(): Promise<void> {
    try {
      for (const schedule of this.schedules) await this.claim(schedule);
      this.failing = false;
    } catch (error) {
      // The next tick comes in a second.
      if (!this.failing) this.logger.warn(`The timetable has to wait: ${messageOf(error)}`);
      this.failing = true;
    }
  }

  private async claim({ job, cron }: Schedule): Promise<void> {
    const slot = slotAt(cron, this.clock.now());
    if (this.ticked.get(job) === slot.getTime()) return;
    await this.prisma.$transaction(async (tx) => {
      const claimed = await tx.$executeRaw`
        INSERT INTO scheduled_runs (name, slot) VALUES (${job}, ${slot}) ON CONFLICT DO NOTHING`;
      if (claimed === 1) await this.outbox.add(tx, job, { slot: slot.toISOString() });
    });
    this.ticked.set(job, slot.getTime());
  }
}
