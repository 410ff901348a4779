import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import type { CompetitionsQuery, CreateCompetition, MyCompetitionsQuery } from '@mini-compete/shared/competitions';
import { isHolding } from '@mini-compete/shared/registration-status';
import type { OwnInvitation } from '@mini-compete/shared/seats';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ensureVerified } from '../../accounts/verification/ensure-verified.js';
import { invitationToken } from '../../messaging/templates/invitation-link.js';
import { writeAudit } from '../../platform/audit/audit.js';
import { DataLoader } from '../../platform/concurrency/data-loader.js';
import { RequestCoalescer } from '../../platform/concurrency/request-coalescing.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { transactionTime } from '../../platform/database/transaction-time.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { pageText } from '../../platform/pagination/page.js';
import { CalendarDays } from '../../platform/time/calendar-days.js';
import { Clock } from '../../platform/time/clock.js';
import { NO_QUESTIONS, QuestionsRepository } from '../questions/questions.repository.js';
import { StaffRoles } from '../staff/staff-roles.js';
import { ActiveRegistrations, NO_REGISTRATION } from './active-registrations.js';
import { columnsOf } from './competition-columns.js';
import { CompetitionsRepository, type CompetitionText, forReader, type Row } from './competitions.repository.js';
import { ensureInFuture } from './competitions.rules.js';
import type { ListFilter, ListOrder } from './list-query.js';

const RECENT_DAYS = 14;
const AfterId = z.strictObject({ id: z.uuid() });

@Injectable()
export class CompetitionsService {
  private readonly reads: DataLoader<CompetitionText>;
  private readonly lists = new RequestCoalescer<string>();

  constructor(
    private readonly repository: CompetitionsRepository,
    private readonly registrations: ActiveRegistrations,
    private readonly staffRoles: StaffRoles,
    private readonly questions: QuestionsRepository,
    private readonly idempotency: IdempotencyService,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'requireVerifiedEmail' | 'jwtSecret'>,
  ) {
    this.reads = new DataLoader((ids) => repository.findMany(ids));
  }

  /** With what concerns the reader. `text` is the body of the response. */
  async read(id: string, reader: Principal | null): Promise<CompetitionText> {
    const [competition, own, staffRole] = await Promise.all([
      this.reads.get(id),
      reader?.role === 'PARTICIPANT' ? this.registrations.findOwn(reader.userId, id) : NO_REGISTRATION,
      reader === null ? null : this.staffRoles.find(reader.userId, id),
    ]);
    // People who are not on the staff must not learn that a draft exists.
    if (competition === null || (competition.isDraft && staffRole === null))
      throw new DomainError('COMPETITION_NOT_FOUND');
    const mayBeInvited =
      competition.hasInvitations &&
      reader?.role === 'PARTICIPANT' &&
      staffRole === null &&
      !isHolding(own.registration?.status);
    const invitation = mayBeInvited ? await this.findInvitation(reader.userId, id) : null;
    return { ...competition, text: forReader(competition.text, { ...own, invitation, staffRole }) };
  }

  /** Only where seats are reserved: everywhere else it would be one statement more for each read. */
  private async findInvitation(userId: string, competitionId: string): Promise<OwnInvitation | null> {
    const found = await this.registrations.findInvitation(userId, competitionId);
    return found && { token: invitationToken(this.env.jwtSecret, found.id), expiresAt: found.expiresAt };
  }

  list(query: CompetitionsQuery): Promise<string> {
    return this.lists.get(JSON.stringify(query), () => this.readList(query));
  }

  async listMine(userId: string, query: MyCompetitionsQuery): Promise<string> {
    const after = decodeCursor(AfterId, query.cursor)?.id ?? null;
    const { visibility = null } = query;
    const [rows, total] = await Promise.all([
      this.repository.listByStaff(userId, after, query.limit + 1, this.recentDays(query.zone), visibility),
      this.repository.countByStaff(userId, visibility),
    ]);
    return pageText(
      rows,
      query.limit,
      ({ text }) => text,
      ({ id }) => ({ id }),
      total,
    );
  }

  create(organizer: Principal, body: CreateCompetition, key: string | null): Promise<IdempotentResponse> {
    ensureInFuture(body, this.clock.now());
    const request = { ...organizer, key, fingerprint: fingerprintOf(body) };
    return this.idempotency.run('CREATE', request, async (tx) => ({
      status: 201,
      body: await this.insert(tx, organizer.userId, body),
    }));
  }

  private recentDays(zone: string): Date[] {
    const days = new CalendarDays(zone);
    return days.beginsUntil(days.dayOf(this.clock.now()), RECENT_DAYS);
  }

  private async insert(tx: Tx, organizerId: string, body: CreateCompetition): Promise<unknown> {
    // They would show it to everybody.
    if (hasNewSettings(body)) await ensureNoOlderServers(tx);
    if (this.env.requireVerifiedEmail) await ensureVerified(tx, organizerId);
    const now = await transactionTime(tx);
    const { id } = await tx.competition.create({
      data: { ...columnsOf(body), organizerId, seatsLeft: body.capacity, createdAt: now, updatedAt: now },
      select: { id: true },
    });
    await this.repository.storeHtml(tx, id, body.description);
    // Their lock and their last pass are due some day, also if nobody has a hold or an invitation.
    if (body.teamMax !== null) await tx.$executeRaw`SELECT set_next_expiry_v1(${id}::uuid)`;
    if (body.questions.length > 0) await this.questions.save(tx, id, NO_QUESTIONS, body.questions);
    await writeAudit(tx, { actorId: organizerId, action: 'competition.created', subjectId: id });
    return JSON.parse((await this.repository.getForStaff(tx, id, 'OWNER')).text);
  }

  private async readList({ search, ...query }: CompetitionsQuery): Promise<string> {
    if (!search) {
      const [rows, total] = await Promise.all([this.rows(query, false), this.repository.count(query)]);
      return textOf(rows, query, total);
    }
    const words = await this.repository.parseSearch(search);
    if (words === null) return textOf([], query, 0);
    const total = await this.repository.count({ ...query, words });
    const rows = total === 0 ? [] : await this.rows({ ...query, words }, total <= TOTAL_IS_EXACT_UP_TO);
    return textOf(rows, query, total);
  }

  private rows(query: ListFilter & ListOrder, rare: boolean): Promise<Row[]> {
    return this.repository.list(query, this.clock.now(), rare);
  }
}

/** Servers of earlier versions behave as if every competition had these. */
const IMPLIED = {
  visibility: 'PUBLIC',
  admissionMode: 'FIRST_COME',
  decisionsBy: null,
  confirmWithinHours: null,
  promoteUntil: null,
  teamMin: null,
  teamMax: null,
  seatUnit: 'PERSON',
  teamsLockAt: null,
  questions: [],
} as const satisfies Partial<CreateCompetition>;

const isImplied = (field: string, value: unknown): boolean =>
  field in IMPLIED && JSON.stringify(IMPLIED[field as keyof typeof IMPLIED]) === JSON.stringify(value);

const hasNewSettings = (body: CreateCompetition): boolean =>
  Object.keys(IMPLIED).some((field) => !isImplied(field, body[field as keyof CreateCompetition]));

/** Without the implied settings: servers of earlier versions have stored keys without them. */
function fingerprintOf(body: CreateCompetition) {
  return fingerprint({}, Object.fromEntries(Object.entries(body).filter(([field, value]) => !isImplied(field, value))));
}

export function textOf(rows: readonly Row[], { limit }: Pick<ListOrder, 'limit'>, total: number): string {
  return pageText(
    rows,
    limit,
    ({ summary }) => summary,
    ({ part, key, id, at }) => ({ part, key, id, at }),
    total,
  );
}
