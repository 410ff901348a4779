import { acceptInOrder, effectOf } from '@mini-compete/shared/application-rules';
import type {
  ApplicationsQuery,
  BestApplications,
  DecideApplications,
  DecidedApplication,
} from '@mini-compete/shared/applications';
import { Id } from '@mini-compete/shared/common';
import type { ErrorCode } from '@mini-compete/shared/errors';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { LiveSeats } from '../../competitions/seats/live-seats.service.js';
import { lockAsStaff } from '../../competitions/staff/staff-access.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { withMember } from '../../platform/http/json-text.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { pageText } from '../../platform/pagination/page.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { ApplicationsRepository, textOf } from './applications.repository.js';

const Position = z.strictObject({ id: Id, admission: z.string().regex(/^\d{1,18}$/), isUndecided: z.boolean() });

type Decided = 'PENDING' | 'HELD' | 'WAITLISTED';
type Refusal = 'NOT_REGISTERED' | 'ALREADY_DECIDED' | 'COMPETITION_CANCELLED' | 'SEATS_AVAILABLE' | 'COMPETITION_FULL';

const CODES: readonly string[] = [
  'NOT_REGISTERED',
  'ALREADY_DECIDED',
  'COMPETITION_CANCELLED',
  'SEATS_AVAILABLE',
  'COMPETITION_FULL',
] satisfies Refusal[];

/** The applications to a competition, for the staff that decides them. */
@Injectable()
export class ApplicationsService {
  constructor(
    private readonly applications: ApplicationsRepository,
    private readonly idempotency: IdempotencyService,
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
  ) {}

  async list(competitionId: string, query: ApplicationsQuery, reader: Principal): Promise<string> {
    const { sort, cursor, limit } = query;
    const { userId } = reader;
    const after = decodeCursor(Position, cursor);
    const [rows, total, counts, room] = await Promise.all([
      this.applications.page(competitionId, userId, query, { sort, after, limit: limit + 1 }),
      this.applications.total(competitionId, userId, query),
      this.applications.counts(competitionId),
      this.applications.room(competitionId),
    ]);
    const page = pageText(
      rows,
      limit,
      textOf,
      ({ id, admission, isUndecided }) => ({ id, admission, isUndecided }),
      total,
    );
    return withMember(withMember(page, 'counts', JSON.stringify(counts)), 'room', JSON.stringify(room));
  }

  /** Whom accepting the best would accept now. Deciding names them one by one, so that nobody else is accepted. */
  async best(competitionId: string, count: number, reader: Principal): Promise<BestApplications> {
    const [best, unreviewed, room] = await Promise.all([
      this.applications.best(competitionId, reader.userId, count),
      this.applications.countLeftOut(competitionId, reader.userId),
      this.applications.room(competitionId),
    ]);
    const results = acceptInOrder(
      best.map(({ seats }) => seats),
      room,
    );
    return {
      items: best.map(({ seats: _, people: __, ...application }, n) => ({
        ...application,
        result: results[n] ?? 'APPLIED',
      })),
      effect: effectOf(results),
      people: best.reduce((sum, { people }, n) => (results[n] === 'APPLIED' ? sum : sum + people), 0),
      unreviewed,
    };
  }

  /** In the order of the request, in one statement under the lock of the competition: see decide_v1. */
  async decide(
    competitionId: string,
    { decisions }: DecideApplications,
    actor: Principal,
    key: string | null,
  ): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint({ id: competitionId }, { decisions }) };
    const response = await this.idempotency.run('DECIDE', request, async (tx) => {
      await lockAsStaff(tx, competitionId, actor, 'decide');
      // Their workers do not know the jobs that write the messages.
      await ensureNoOlderServers(tx);
      const decided = await tx.$queryRaw<{ result: Decided | 'CANCELLED' | Refusal }[]>`
        SELECT result FROM decide_v1(
          ${competitionId}::uuid, ${decisions.map(({ registrationId }) => registrationId)}::uuid[],
          ${decisions.map(({ decision }) => decision)}::text[], ${decisions.map(({ reason }) => reason)}::text[],
          ${actor.userId}::uuid
        ) AS decided (n, result) ORDER BY n`;
      const items = decisions.map(({ registrationId: id }, n) => itemOf(id, decided[n]?.result));
      return { status: 200, body: { items } };
    });
    this.outbox.wake();
    this.live.changed(competitionId);
    return response;
  }
}

function itemOf(id: string, result: Decided | 'CANCELLED' | Refusal | undefined): DecidedApplication {
  if (result === undefined) throw new Error('decide_v1 left an application out');
  if (CODES.includes(result)) return { id, code: result as ErrorCode };
  return { id, result: result === 'CANCELLED' ? 'REJECTED' : (result as Decided) };
}
