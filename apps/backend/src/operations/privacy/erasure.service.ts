import type { OwnedCompetition } from '@mini-compete/shared/privacy';
import { Injectable } from '@nestjs/common';
import { CurrentPassword } from '../../accounts/password/current-password.js';
import { ACTIVE_OWNERS, passOnOrganizer } from '../../competitions/staff/staff.repository.js';
import { writeAudit } from '../../platform/audit/audit.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { JOBS } from '../../registry/jobs.js';
import { IS_ACTIVE } from '../../registry/registration-statuses.js';

/** A request has 3 s, and the competitions' locks are waited for one after the other. */
const STATEMENT_TIMEOUT_MS = 2_500;
/** Longer than a registration that was under way when the account was erased can take to commit. */
const REST_DELAY = '5 seconds';

/** Erases an account: its seats are passed on, and nothing about the person remains but ids. */
@Injectable()
export class ErasureService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly passwords: CurrentPassword,
    private readonly outbox: Outbox,
  ) {}

  /** Returns the competitions in which registrations have ended. */
  async erase(principal: Principal, password: string, address: string): Promise<string[]> {
    await this.passwords.ensure(principal, password, address);
    const changed = await this.prisma.$transaction(async (tx) => {
      await ensureNoOlderServers(tx);
      return eraseIn(tx, principal.userId);
    });
    this.outbox.wake();
    return changed;
  }

  /** Accounts that a restored backup has brought back. Returns how many there were. */
  async eraseAgain(userIds: readonly string[]): Promise<number> {
    const restored = await this.prisma.user.findMany({
      where: { id: { in: [...userIds] }, erasedAt: null },
      select: { id: true },
    });
    for (const { id } of restored) await this.prisma.$transaction((tx) => eraseIn(tx, id, { evenAsLastOwner: true }));
    if (restored.length > 0) this.outbox.wake();
    return restored.length;
  }

  /** A registration that was under way when the account was erased. Returns the competitions. */
  endRegistrations(userId: string): Promise<string[]> {
    return this.prisma.$transaction(async (tx) => {
      await lockCompetitionsOf(tx, userId);
      return endRegistrations(tx, userId);
    });
  }
}

async function eraseIn(tx: Tx, userId: string, { evenAsLastOwner = false } = {}): Promise<string[]> {
  await tx.$executeRaw`SELECT set_config('statement_timeout', ${`${STATEMENT_TIMEOUT_MS}ms`}, true)`;
  await lockCompetitionsOf(tx, userId);
  if (!evenAsLastOwner) await ensureNoCompetitionLosesItsOwner(tx, userId);
  const changed = [...(await endRegistrations(tx, userId)), ...(await endInvitations(tx, userId))];
  await leaveStaff(tx, userId);
  await removePersonalData(tx, userId);
  await writeAudit(tx, { actorId: userId, action: 'account.erased', subjectId: userId });
  await tx.$executeRaw`
    INSERT INTO outbox (queue, job, payload, due_at)
    VALUES (${JOBS['erase-rest'].queue}, 'erase-rest', jsonb_build_object('userId', ${userId}::text),
            now() + ${REST_DELAY}::interval)`;
  return changed;
}

/** The rows are the locks of seats and staff; in the order of ids, as everywhere. */
async function lockCompetitionsOf(tx: Tx, userId: string): Promise<void> {
  await tx.$executeRawUnsafe(
    `SELECT FROM competitions
     WHERE id IN (
       SELECT competition_id FROM registrations WHERE user_id = $1::uuid AND status ${IS_ACTIVE}
       UNION SELECT competition_id FROM team_members WHERE user_id = $1::uuid AND left_at IS NULL
       UNION SELECT competition_id FROM competition_staff WHERE user_id = $1::uuid
       UNION SELECT i.competition_id FROM invitations i JOIN users u ON u.email = i.email
         WHERE u.id = $1::uuid AND i.ended_at IS NULL
       UNION SELECT i.competition_id FROM staff_invitations i JOIN users u ON u.email = i.email WHERE u.id = $1::uuid
     )
     ORDER BY id FOR NO KEY UPDATE`,
    userId,
  );
}

/** Upcoming ones. What has begun or is over stays as it was, for counts and history. */
async function endRegistrations(tx: Tx, userId: string): Promise<string[]> {
  return [...(await endOwnRegistrations(tx, userId)), ...(await leaveTeams(tx, userId))];
}

/** A team goes on without them; one without members ends. */
async function leaveTeams(tx: Tx, userId: string): Promise<string[]> {
  const memberships = await tx.$queryRaw<{ id: string; competitionId: string }[]>`
    SELECT m.id, m.competition_id AS "competitionId"
    FROM team_members m JOIN competitions c ON c.id = m.competition_id
    WHERE m.user_id = ${userId}::uuid AND m.left_at IS NULL
      AND (c.start_date IS NULL OR c.start_date > clock_timestamp())
    ORDER BY m.competition_id`;
  for (const { id } of memberships) await tx.$executeRaw`SELECT leave_team_v1(${id}::uuid, 'ERASED', ${userId}::uuid)`;
  return memberships.map(({ competitionId }) => competitionId);
}

async function endOwnRegistrations(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.$queryRawUnsafe<{ competitionId: string }[]>(
    `WITH upcoming AS MATERIALIZED (
       SELECT array_agg(r.id) AS ids, array_agg(r.competition_id) AS competition_ids
       FROM registrations r JOIN competitions c ON c.id = r.competition_id
       WHERE r.user_id = $1::uuid AND r.status ${IS_ACTIVE}
         AND (c.start_date IS NULL OR c.start_date > clock_timestamp())
     ), ended AS MATERIALIZED (
       SELECT end_registrations_v1(ids, 'ERASED', NULL, $1::uuid) FROM upcoming WHERE ids IS NOT NULL
     )
     SELECT unnest(competition_ids) AS "competitionId" FROM upcoming WHERE (SELECT count(*) FROM ended) > 0`,
    userId,
  );
  return rows.map(({ competitionId }) => competitionId);
}

/** Their seats go to the waitlist. Without a message: the address that it would go to is erased in the same commit. */
async function endInvitations(tx: Tx, userId: string): Promise<string[]> {
  const open = await tx.$queryRaw<{ competitionId: string; ids: string[] }[]>`
    SELECT i.competition_id AS "competitionId", array_agg(i.id) AS ids
    FROM invitations i JOIN users u ON u.email = i.email
    WHERE u.id = ${userId}::uuid AND i.ended_at IS NULL
    GROUP BY i.competition_id ORDER BY i.competition_id`;
  for (const { competitionId, ids } of open) {
    await tx.$executeRaw`SELECT end_invitations_v1(${competitionId}::uuid, ${ids}::uuid[], 'WITHDRAWN', NULL)`;
    await tx.$executeRaw`SELECT promote_v1(${competitionId}::uuid)`;
  }
  return open.map(({ competitionId }) => competitionId);
}

const MAX_OWNED = 20;
/** Published, and not over yet. */
const IS_RUNNING = Prisma.sql`
  c.deleted_at IS NULL AND c.cancelled_at IS NULL AND c.visibility <> 'DRAFT'
  AND coalesce(c.end_date, c.start_date, c.reg_deadline) > clock_timestamp()`;

async function ensureNoCompetitionLosesItsOwner(tx: Tx, userId: string): Promise<void> {
  const competitions = await tx.$queryRaw<OwnedCompetition[]>`
    SELECT c.id, c.title FROM competition_staff s JOIN competitions c ON c.id = s.competition_id
    WHERE s.user_id = ${userId}::uuid AND s.role = 'OWNER' AND ${IS_RUNNING}
      AND NOT EXISTS (
        SELECT FROM ${ACTIVE_OWNERS} WHERE o.competition_id = c.id AND o.user_id <> s.user_id)
    ORDER BY c.id LIMIT ${MAX_OWNED}`;
  if (competitions.length > 0) throw new DomainError('OWNS_COMPETITIONS', { extra: { competitions } });
}

/** Another owner becomes the organizer. A draft without another owner goes with its author. */
async function leaveStaff(tx: Tx, userId: string): Promise<void> {
  const inherited = await tx.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM competitions c
    WHERE c.organizer_id = ${userId}::uuid
      AND EXISTS (SELECT FROM ${ACTIVE_OWNERS} WHERE o.competition_id = c.id AND o.user_id <> c.organizer_id)`;
  await tx.$executeRaw`DELETE FROM competition_staff WHERE user_id = ${userId}::uuid`;
  await passOnOrganizer(
    tx,
    inherited.map(({ id }) => id),
  );
  await tx.$executeRaw`
    UPDATE competitions SET deleted_at = now()
    WHERE organizer_id = ${userId}::uuid AND visibility = 'DRAFT' AND deleted_at IS NULL`;
}

/**
 * The address that takes the place of the real one is random: a stranger who knows the id could sign up with a predictable
 * one, and the unique index would refuse the erasure.
 */
async function removePersonalData(tx: Tx, userId: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM staff_invitations i USING users u WHERE u.id = ${userId}::uuid AND u.email = i.email`;
  await tx.$executeRaw`
    UPDATE invitations i SET email = '', name = NULL, message = NULL
    FROM users u WHERE u.id = ${userId}::uuid AND u.email = i.email`;
  await tx.$executeRaw`
    UPDATE import_rows r SET email = '', name = NULL FROM users u WHERE u.id = ${userId}::uuid AND u.email = r.email`;
  await tx.$executeRaw`
    UPDATE users
    SET email = 'erased-' || gen_random_uuid() || '@erased.invalid', new_email = NULL, email_verified_at = NULL, name = '',
        password_hash = '', language = NULL, time_zone = NULL, disabled_at = coalesce(disabled_at, now()),
        erased_at = now()
    WHERE id = ${userId}::uuid`;
  await tx.$executeRaw`
    UPDATE registration_answers a SET answers = '{}' FROM registrations r
    WHERE r.user_id = ${userId}::uuid AND a.registration_id = r.id AND a.answers <> '{}'`;
  await tx.$executeRaw`
    UPDATE team_member_answers a SET answers = '{}' FROM team_members m
    WHERE m.user_id = ${userId}::uuid AND a.member_id = m.id AND a.answers <> '{}'`;
  // A team that goes on keeps what it has answered.
  await tx.$executeRaw`
    UPDATE registration_answers a SET answers = '{}'
    FROM registrations r JOIN teams t ON t.id = r.team_id
    WHERE t.id IN (SELECT team_id FROM team_members WHERE user_id = ${userId}::uuid) AND t.ended_at IS NOT NULL
      AND a.registration_id = r.id AND a.answers <> '{}'`;
  // Its captain may have named it after themselves. While somebody else who was in it has an account, it is their team too.
  await tx.$executeRaw`
    UPDATE teams t SET name = '', name_key = ''
    WHERE t.id IN (SELECT team_id FROM team_members WHERE user_id = ${userId}::uuid) AND t.ended_at IS NOT NULL
      AND NOT EXISTS (
        SELECT FROM team_members m JOIN users u ON u.id = m.user_id WHERE m.team_id = t.id AND u.erased_at IS NULL)`;
  await tx.$executeRaw`DELETE FROM sessions WHERE user_id = ${userId}::uuid`;
  await tx.$executeRaw`DELETE FROM password_resets WHERE user_id = ${userId}::uuid`;
  await tx.$executeRaw`DELETE FROM email_verifications WHERE user_id = ${userId}::uuid`;
  await tx.$executeRaw`DELETE FROM organizer_profiles WHERE user_id = ${userId}::uuid`;
  await tx.$executeRaw`DELETE FROM bounced_addresses WHERE user_id = ${userId}::uuid`;
  await tx.$executeRaw`DELETE FROM announcement_opt_outs WHERE user_id = ${userId}::uuid`;
  await tx.$executeRaw`DELETE FROM account_exports WHERE user_id = ${userId}::uuid`;
}
