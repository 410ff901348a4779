import type { CancelledCompetition, UpdateCompetition } from '@mini-compete/shared/competitions';
import { Injectable } from '@nestjs/common';
import { writeAudit } from '../../platform/audit/audit.js';
import type { Competition } from '../../platform/database/generated/client.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { IS_ACTIVE } from '../../registry/registration-statuses.js';
import { addPendingAct } from '../acts/pending-acts.js';
import { columnsOf } from '../catalog/competition-columns.js';
import { CompetitionsRepository, type CompetitionText } from '../catalog/competitions.repository.js';
import { ensureLockInFuture } from '../catalog/competitions.rules.js';
import { CoversRepository } from '../covers/covers.repository.js';
import { type QuestionSet, QuestionsRepository } from '../questions/questions.repository.js';
import { askedOf, questionDifferences } from '../questions/questions.rules.js';
import { LiveSeats } from '../seats/live-seats.service.js';
import { type LockedCompetition, lockAsStaff } from '../staff/staff-access.js';
import {
  announcedChanges,
  changesTeams,
  differences,
  effectiveChanges,
  ensureCapacityCovers,
  ensureDatesInOrder,
  ensureNoRegistrations,
  ensureNotCancelled,
  ensureTeamsFit,
  ensureTeamsMayChange,
  type LivingTeams,
  needsNewServers,
} from './editing.rules.js';
import type { ExpectedVersion } from './if-match.js';

/** Parsed from JSON: a field that is not changed is absent, never `undefined`. */
type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Changes to competitions by their staff. Each one locks the row, reads, decides, then writes. */
@Injectable()
export class EditingService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly competitions: CompetitionsRepository,
    private readonly covers: CoversRepository,
    private readonly questions: QuestionsRepository,
    private readonly idempotency: IdempotencyService,
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
  ) {}

  async edit(
    id: string,
    requested: UpdateCompetition,
    isExpected: ExpectedVersion,
    actor: Principal,
  ): Promise<CompetitionText> {
    const { response, isEdited } = await this.prisma.$transaction(async (tx) => {
      const competition = await lockSettled(tx, id, actor);
      if (!isExpected(competition.version))
        throw new DomainError('VERSION_STALE', {
          extra: { current: JSON.parse((await this.read(tx, competition)).text) },
        });
      ensureNotCancelled(competition);
      ensureDatesInOrder(competition, requested);
      ensureTeamsFit(competition, requested);
      ensureCapacityCovers(requested.capacity, competition);

      const asked = await this.questions.currentIn(tx, id);
      const changes = effectiveChanges({ ...competition, questions: askedOf(asked.questions) }, requested);
      // Applications are decided differently from registrations, and one kind cannot become the other.
      const concernsTeams = changes.visibility === 'DRAFT' || changesTeams(changes);
      if (concernsTeams || changes.admissionMode !== undefined) ensureNoRegistrations(await countActive(tx, id));
      if (concernsTeams) ensureTeamsMayChange(competition, changes, await lockTeams(tx, id));
      if (needsNewServers(changes)) await ensureNoOlderServers(tx);
      const isEdited = Object.keys(changes).length > 0;
      if (isEdited) await this.applyChanges(tx, { competition, asked }, changes, actor);
      return { response: await this.read(tx, competition), isEdited };
    });
    if (isEdited) this.publish(id);
    return response;
  }

  /**
   * After the commit nobody can register. A job ends the registrations and sends the messages, after a delay in which the
   * cancellation can be undone.
   */
  async cancel(id: string, actor: Principal, key: string | null): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint({ id }, {}) };
    const response = await this.idempotency.run('CANCEL', request, async (tx) => {
      const competition = await lockAsStaff(tx, id, actor, 'cancel');
      const cancelledAt = competition.cancelledAt ?? (await this.setCancelled(tx, competition, actor));
      const body: CancelledCompetition = { id, status: 'cancelled', cancelledAt: cancelledAt.toISOString() };
      return { status: 200, body };
    });
    this.publish(id);
    return response;
  }

  async delete(id: string, actor: Principal): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      await lockAsStaff(tx, id, actor, 'delete');
      ensureNoRegistrations(await countActive(tx, id));
      const cover = await this.covers.find(tx, id);
      if (cover !== null) await this.covers.remove(tx, cover);
      await tx.$executeRaw`UPDATE competitions SET deleted_at = now() WHERE id = ${id}::uuid`;
      await writeAudit(tx, { actorId: actor.userId, action: 'competition.deleted', subjectId: id });
    });
    this.publish(id);
  }

  private async applyChanges(
    tx: Tx,
    { competition: before, asked }: { competition: Competition; asked: QuestionSet },
    changes: UpdateCompetition,
    actor: Principal,
  ): Promise<void> {
    const { id } = before;
    const { capacity = before.capacity } = changes;
    const after = await tx.competition.update({
      where: { id },
      data: {
        ...columnsOf(changes as Defined<UpdateCompetition>),
        // Incremented, not set: without the lock, the check constraint still prevents more registrations than seats.
        seatsLeft: { increment: capacity - before.capacity },
        version: { increment: 1 },
      },
    });
    // Whether persons or teams answer decides what each of them has to answer.
    const becomes = changes.teamMax === undefined ? before.teamMax : changes.teamMax;
    const isOtherKind = (becomes === null) !== (before.teamMax === null);
    const questions = changes.questions ?? (isOtherKind && asked.version > 0 ? askedOf(asked.questions) : undefined);
    if (questions !== undefined) await this.questions.save(tx, id, asked, questions);
    if (changes.description !== undefined) await this.competitions.storeHtml(tx, id, changes.description);
    await touch(tx, id);
    if (changes.teamsLockAt !== undefined) await ensureLockAhead(tx, id);
    if (changes.startDate !== undefined) await endHoldsByStart(tx, id);
    await tx.$executeRaw`SELECT set_next_expiry_v1(${id}::uuid)`;
    await tx.$executeRaw`SELECT promote_v1(${id}::uuid)`;

    const what = announcedChanges(before, after);
    if (what.length > 0) await this.outbox.add(tx, 'changed', { competitionId: id, version: after.version, what });
    await writeAudit(tx, {
      actorId: actor.userId,
      action: 'competition.edited',
      subjectId: id,
      details: {
        version: after.version,
        changes: { ...differences(before, after), ...questionDifferences(asked.questions, changes.questions) },
      },
    });
  }

  private async setCancelled(tx: Tx, competition: Competition, actor: Principal): Promise<Date> {
    const { id } = competition;
    // The clock of admissions, read while the row is locked: no registration can have a later time than this.
    const [row] = await tx.$queryRaw<[{ at: Date }]>`
      UPDATE competitions
      SET cancelled_at = date_trunc('milliseconds', clock_timestamp()), updated_at = now(), version = version + 1
      WHERE id = ${id}::uuid
      RETURNING cancelled_at AS at`;
    await addPendingAct(tx, this.outbox, {
      competitionId: id,
      kind: 'CANCELLATION',
      actorId: actor.userId,
      count: await countActive(tx, id),
      job: 'cancelled',
      payload: () => ({ competitionId: id }),
    });
    await writeAudit(tx, { actorId: actor.userId, action: 'competition.cancelled', subjectId: id });
    return row.at;
  }

  private read(tx: Tx, { id, staffRole }: LockedCompetition): Promise<CompetitionText> {
    return this.competitions.getForStaff(tx, id, staffRole);
  }

  /** After the commit: wakes the relays and updates live seats. */
  private publish(id: string): void {
    this.outbox.wake();
    this.live.changed(id);
  }
}

/** What is due is settled first: its seats are free. */
async function lockSettled(tx: Tx, id: string, actor: Principal): Promise<LockedCompetition> {
  const competition = await lockAsStaff(tx, id, actor, 'edit');
  await tx.$executeRaw`SELECT settle_all_v1(${id}::uuid)`;
  return { ...competition, ...(await tx.competition.findUniqueOrThrow({ where: { id } })) };
}

/** People with a registration, also with an application, or in a team that has one; and open invitations. */
async function countActive(tx: Tx, id: string): Promise<number> {
  const [row] = await tx.$queryRawUnsafe<[{ active: number }]>(
    `SELECT c.reserved + CASE
       WHEN c.team_max IS NULL THEN (
         SELECT count(*) FROM registrations WHERE competition_id = c.id AND status ${IS_ACTIVE}
       ) ELSE (
         SELECT count(*) FROM team_members m JOIN registrations r ON r.team_id = m.team_id AND r.status ${IS_ACTIVE}
         WHERE m.competition_id = c.id AND m.left_at IS NULL
       )
     END::int AS active
     FROM competitions c WHERE c.id = $1::uuid`,
    id,
  );
  return row.active;
}

/** Nobody joins one of them meanwhile: the first registration of a team could otherwise be of a size that is not allowed. */
async function lockTeams(tx: Tx, id: string): Promise<LivingTeams> {
  await tx.$executeRaw`
    SELECT FROM teams WHERE competition_id = ${id}::uuid AND ended_at IS NULL ORDER BY id FOR NO KEY UPDATE`;
  const [teams] = await tx.$queryRaw<[LivingTeams]>`
    SELECT count(*)::int AS count, coalesce(max(size.members), 0)::int AS largest
    FROM teams t
    CROSS JOIN LATERAL (SELECT count(*) AS members FROM team_members WHERE team_id = t.id AND left_at IS NULL) size
    WHERE t.competition_id = ${id}::uuid AND t.ended_at IS NULL`;
  return teams;
}

/** By the clock of the database, which locks them. */
async function ensureLockAhead(tx: Tx, id: string): Promise<void> {
  const [row] = await tx.$queryRaw<[{ lock: Date; now: Date }]>`
    SELECT teams_lock(c) AS lock, clock_timestamp() AS now FROM competitions c WHERE id = ${id}::uuid`;
  ensureLockInFuture(row.lock, row.now);
}

/** A hold ends at the start at the latest. */
async function endHoldsByStart(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE registrations r SET held_until = c.start_date
    FROM competitions c
    WHERE c.id = ${id}::uuid AND r.competition_id = c.id AND r.status = 'HELD' AND r.held_until > c.start_date`;
}

/**
 * What depends on the clock of the database, which all servers share and which Prisma cannot write: the time of the
 * edit; and if an instant was moved to the future, what happens at it happens again: messages to those who wait for it,
 * the lock of teams, and their last pass.
 */
async function touch(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE competitions
    SET updated_at = now(),
        line_closed_at = CASE WHEN promotes_until(competitions) <= clock_timestamp() THEN line_closed_at END,
        teams_locked_at = CASE WHEN teams_lock(competitions) <= clock_timestamp() THEN teams_locked_at END,
        last_pass_at = CASE WHEN promotes_until(competitions) <= clock_timestamp() THEN last_pass_at END,
        decisions_late_at = CASE WHEN decisions_by <= clock_timestamp() THEN decisions_late_at END
    WHERE id = ${id}::uuid`;
}
