import { Id } from '@mini-compete/shared/common';
import type { RegistrantsQuery } from '@mini-compete/shared/registrations';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { QuestionsRepository } from '../../competitions/questions/questions.repository.js';
import { everAskedOf } from '../../competitions/questions/questions.rules.js';
import { LiveSeats } from '../../competitions/seats/live-seats.service.js';
import { lockAsStaff } from '../../competitions/staff/staff-access.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { withMember } from '../../platform/http/json-text.js';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { pageText } from '../../platform/pagination/page.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { type CsvFormat, csvFormat, csvHead, csvRows, type ExportedRegistrant } from './registrants.csv.js';
import {
  type RegistrantsFilter,
  RegistrantsRepository,
  type RegistrantText,
  sortsByAdmission,
} from './registrants.repository.js';

const AfterAdmission = z.strictObject({ admission: z.string().regex(/^\d{1,18}$/) });
const AfterRegistration = z.strictObject({ id: Id });
/** Rows of an export in memory. */
const EXPORT_BATCH_SIZE = 1_000;

/** The registrants of a competition, for its staff. */
@Injectable()
export class RegistrantsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly registrants: RegistrantsRepository,
    private readonly questions: QuestionsRepository,
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
  ) {}

  async list(competitionId: string, query: RegistrantsQuery): Promise<string> {
    const { sort, cursor, limit } = query;
    const shown = await this.shownOf(competitionId);
    const byAdmission = sortsByAdmission(sort);
    const after = byAdmission
      ? decodeCursor(AfterAdmission, cursor)?.admission
      : decodeCursor(AfterRegistration, cursor)?.id;
    const [rows, total] = await Promise.all([
      this.registrants.page(competitionId, { ...query, ...shown }, { sort, after: after ?? null, limit: limit + 1 }),
      this.registrants.count(competitionId, { ...query, ofTeams: shown.ofTeams }),
    ]);
    return pageText(
      rows,
      limit,
      ({ text, team }) => (team === null ? text : withMember(text, 'team', team)),
      ({ admission, id }) => (byAdmission ? { admission } : { id }),
      total,
    );
  }

  /**
   * Streams all registrants as CSV with backpressure. Each batch is a query of its own, so no transaction stays open
   * for a slow client.
   */
  async export(
    competitionId: string,
    filter: RegistrantsFilter & Pick<RegistrantsQuery, 'per'>,
  ): Promise<AsyncIterable<string>> {
    const [{ questions: stored }, { ofTeams, withCheckIns }] = await Promise.all([
      this.questions.current(competitionId),
      this.registrants.extras(competitionId),
    ]);
    const questions = everAskedOf(stored);
    const perPerson = ofTeams && filter.per === 'person';
    const withAnswers = questions.length > 0;
    const shown = { ...filter, withAnswers, ofTeams, withCheckIns, withMemberAnswers: withAnswers && perPerson };
    const format = csvFormat(questions, { ofTeams, perPerson, withCheckIns, checkedIn: filter.checkedIn });
    // Before the response begins, so that a failure still becomes an error response.
    const first = await this.exportBatch(competitionId, shown, null);
    return this.csv(competitionId, shown, format, first);
  }

  /** Ends a registration and promotes from the waitlist. Removing an ended registration changes nothing. */
  async remove(competitionId: string, registrationId: string, reason: string, organizer: Principal): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      await lockAsStaff(tx, competitionId, organizer, 'removeRegistrants');
      const registration = await tx.registration.findFirst({ where: { id: registrationId, competitionId } });
      if (registration === null) throw new DomainError('REGISTRATION_NOT_FOUND');
      await tx.$executeRaw`
        SELECT end_registrations_v1(ARRAY[${registrationId}]::uuid[], 'REMOVED', ${reason}, ${organizer.userId}::uuid)`;
    });
    this.outbox.wake();
    this.live.changed(competitionId);
  }

  private async shownOf(competitionId: string) {
    const [{ version }, extras] = await Promise.all([
      this.questions.current(competitionId),
      this.registrants.extras(competitionId),
    ]);
    return { withAnswers: version > 0, ...extras };
  }

  private async *csv(
    competitionId: string,
    filter: RegistrantsFilter,
    format: CsvFormat,
    first: RegistrantText[],
  ): AsyncIterable<string> {
    yield csvHead(format.columns);
    for (let page = first; page.length > 0; ) {
      yield page.map((row) => csvRows(format, registrantOf(row))).join('');
      const last = page.at(-1)?.admission ?? null;
      page = page.length < EXPORT_BATCH_SIZE ? [] : await this.exportBatch(competitionId, filter, last);
    }
  }

  /** In the order of admission, which pages are read in without sorting all registrants. */
  private exportBatch(competitionId: string, filter: RegistrantsFilter, after: string | null) {
    return this.registrants.page(competitionId, filter, { sort: 'registered', after, limit: EXPORT_BATCH_SIZE });
  }
}

const registrantOf = ({ text, team }: RegistrantText): ExportedRegistrant => ({
  ...JSON.parse(text),
  ...(team !== null && { team: JSON.parse(team) }),
});
