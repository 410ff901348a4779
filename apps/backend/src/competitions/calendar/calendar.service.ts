import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { calendarEntry } from './calendar.js';

@Injectable()
export class CalendarService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly prisma: PrismaService,
  ) {}

  async get(id: string): Promise<string> {
    const entry = await this.find(this.prisma, id);
    if (entry === null) throw new DomainError('COMPETITION_NOT_FOUND', { detail: { key: 'noDate' } });
    return entry;
  }

  /** Null when the competition has no date or does not exist. */
  async find(tx: Tx, id: string): Promise<string | null> {
    const competition = await tx.competition.findFirst({ where: { id, deletedAt: null } });
    if (!competition?.startDate) return null;
    const { startDate, cancelledAt } = competition;
    const url = `${this.env.frontendUrl}/competitions/${id}`;
    return calendarEntry({ ...competition, startDate, cancelled: cancelledAt !== null, url });
  }
}
