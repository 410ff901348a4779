import { Entrant, type EntrantsQuery } from '@mini-compete/shared/registrations';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { LiveSeats } from '../../competitions/seats/live-seats.service.js';
import { getOwnCompetition, lockOwnCompetition } from '../../competitions/staff/own-competition.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { pageText } from '../../platform/pagination/page-text.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { csvHead, csvRow } from './registrants.csv.js';
import { type RegistrantsFilter, RegistrantsRepository, type RegistrantText } from './registrants.repository.js';

const AfterAdmission = z.strictObject({ admission: z.string().regex(/^\d{1,18}$/) });
const FROM_THE_START = '0';
/** Rows of an export in memory at a time. */
const EXPORTED_AT_ONCE = 1_000;

/** Who is in one's own competition. */
@Injectable()
export class RegistrantsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly entrants: RegistrantsRepository,
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
  ) {}

  async list(competitionId: string, query: EntrantsQuery, organizer: Principal): Promise<string> {
    const after = decodeCursor(AfterAdmission, query.cursor)?.admission ?? FROM_THE_START;
    await getOwnCompetition(this.prisma, competitionId, organizer);
    const [rows, total] = await Promise.all([
      this.entrants.page(competitionId, query, after, query.limit + 1),
      this.entrants.count(competitionId, query),
    ]);
    return pageText(
      rows,
      query.limit,
      ({ text }) => text,
      ({ admission }) => ({ admission }),
      total,
    );
  }

  /** All of them, as CSV piece by piece: only what the reader takes is read, and no transaction waits for a slow one. */
  async export(competitionId: string, filter: RegistrantsFilter, organizer: Principal): Promise<AsyncIterable<string>> {
    await getOwnCompetition(this.prisma, competitionId, organizer);
    // Before the answer begins: what fails now can still be answered as an error.
    const first = await this.entrants.page(competitionId, filter, FROM_THE_START, EXPORTED_AT_ONCE);
    return this.csv(competitionId, filter, first);
  }

  /** Ends a registration and gives the seat to the first in line; again it changes nothing. */
  async remove(competitionId: string, registrationId: string, reason: string, organizer: Principal): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      await lockOwnCompetition(tx, competitionId, organizer);
      const registration = await tx.registration.findFirst({ where: { id: registrationId, competitionId } });
      if (registration === null) throw new DomainError('REGISTRATION_NOT_FOUND');
      await tx.$executeRaw`
        SELECT end_registrations_v1(ARRAY[${registrationId}]::uuid[], 'REMOVED', ${reason}, ${organizer.userId}::uuid)`;
    });
    this.outbox.wake();
    this.live.changed(competitionId);
  }

  private async *csv(competitionId: string, filter: RegistrantsFilter, first: RegistrantText[]): AsyncIterable<string> {
    yield csvHead;
    for (let page = first; page.length > 0; ) {
      yield page.map(({ text }) => csvRow(JSON.parse(text) as Entrant)).join('');
      const last = page.at(-1)?.admission ?? FROM_THE_START;
      page =
        page.length < EXPORTED_AT_ONCE ? [] : await this.entrants.page(competitionId, filter, last, EXPORTED_AT_ONCE);
    }
  }
}
