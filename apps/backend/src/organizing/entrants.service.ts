import { Entrant, type EntrantsQuery } from '@mini-compete/shared/registrations';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../auth/principal.js';
import { decodeCursor } from '../common/cursor.js';
import { DomainError } from '../common/errors.js';
import { pageText } from '../common/page-text.js';
import { LiveService } from '../live/live.service.js';
import { PrismaService } from '../prisma/prisma.module.js';
import { Outbox } from '../queue/outbox.js';
import { csvHead, csvRow } from './entrants.csv.js';
import { type EntrantsFilter, EntrantsRepository, type EntrantText } from './entrants.repository.js';
import { getOwnCompetition, lockOwnCompetition } from './own-competition.js';

const AfterAdmission = z.strictObject({ admission: z.string().regex(/^\d{1,18}$/) });
const FROM_THE_START = '0';
/** Rows of an export in memory at a time. */
const EXPORTED_AT_ONCE = 1_000;

/** Who is in one's own competition. */
@Injectable()
export class EntrantsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly entrants: EntrantsRepository,
    private readonly outbox: Outbox,
    private readonly live: LiveService,
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
  async export(competitionId: string, filter: EntrantsFilter, organizer: Principal): Promise<AsyncIterable<string>> {
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

  private async *csv(competitionId: string, filter: EntrantsFilter, first: EntrantText[]): AsyncIterable<string> {
    yield csvHead;
    for (let page = first; page.length > 0; ) {
      yield page.map(({ text }) => csvRow(JSON.parse(text) as Entrant)).join('');
      const last = page.at(-1)?.admission ?? FROM_THE_START;
      page =
        page.length < EXPORTED_AT_ONCE ? [] : await this.entrants.page(competitionId, filter, last, EXPORTED_AT_ONCE);
    }
  }
}
