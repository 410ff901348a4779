import type { Competition } from '@mini-compete/shared/competitions';
import type { EndedRegistration, MyActiveRegistration, OwnInvitation } from '@mini-compete/shared/seats';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { DataLoader } from '../../platform/concurrency/data-loader.js';
import { READ_BUDGET_MS, withTimeLimit } from '../../platform/concurrency/time-limit.js';
import { POOL } from '../../platform/database/pool.js';
import { IS_ACTIVE, IS_HELD, IS_WAITLISTED } from '../../registry/registration-statuses.js';
import { WaitlistPositions } from './waitlist-positions.js';

/** An active registration without its position: of the person, or of the team that they are a member of. */
export interface ActiveRegistration extends Omit<MyActiveRegistration, 'position' | 'team'> {
  /** The order on the waitlist; null when the registration is not on it. */
  readonly admission: number | null;
  readonly team: NonNullable<MyActiveRegistration['team']> | null;
}

/** As the contract has it: people without a team have no `team`. */
export function withPosition(
  { admission: _, team, ...registration }: ActiveRegistration,
  position: number | null,
): MyActiveRegistration {
  return { ...registration, position, ...(team !== null && { team }) };
}

/** The living membership of person `m`. */
const ownTeam = (m: string) => `(
    SELECT team_id FROM team_members
    WHERE competition_id = ${m}.competition_id AND user_id = ${m}.user_id AND left_at IS NULL LIMIT 1
  ) member`;

/** LIMIT 1 in a lateral join: one index lookup per person, whatever the planner assumes about the number of rows. */
const TEXT = `
SELECT n::int, r.id AS "registrationId", r.status, iso_instant(r.registered_at) AS "registeredAt",
       CASE WHEN r.status ${IS_HELD} THEN iso_instant(r.held_until) END AS "heldUntil",
       CASE WHEN r.status ${IS_WAITLISTED} THEN r.admission END::float8 AS admission,
       CASE WHEN r.team_id IS NOT NULL THEN (
         SELECT json_build_object('id', t.id, 'name', t.name, 'isCaptain', t.captain_id = m.user_id)
         FROM teams t WHERE t.id = r.team_id
       ) END AS team
FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS m (user_id, competition_id, n)
CROSS JOIN LATERAL (
  (SELECT * FROM registrations
   WHERE user_id = m.user_id AND competition_id = m.competition_id AND status ${IS_ACTIVE}
   LIMIT 1)
  UNION ALL
  (SELECT own.* FROM ${ownTeam('m')} JOIN registrations own ON own.team_id = member.team_id AND own.status ${IS_ACTIVE}
   LIMIT 1)
  LIMIT 1
) r`;

/**
 * The latest one, if the staff or time has ended it: of the person, of their team, or of a team that has lost them as a
 * no-show and goes on.
 */
const ENDED = `
SELECT n::int, r.id AS "registrationId", r.end_reason AS "endReason", iso_instant(r.ended_at) AS "endedAt",
       iso_instant(r.held_until) AS "heldUntil"
FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS m (user_id, competition_id, n)
CROSS JOIN LATERAL (
  (SELECT id, end_reason, ended_at, held_until FROM registrations
   WHERE user_id = m.user_id AND competition_id = m.competition_id
   ORDER BY id DESC LIMIT 1)
  UNION ALL
  (SELECT own.id, own.end_reason, own.ended_at, own.held_until
   FROM ${ownTeam('m')} JOIN registrations own ON own.team_id = member.team_id
   ORDER BY own.id DESC LIMIT 1)
  UNION ALL
  (SELECT own.id, 'NO_SHOW', latest.left_at, NULL
   FROM (
     SELECT team_id, left_at, left_how FROM team_members
     WHERE user_id = m.user_id AND competition_id = m.competition_id
     ORDER BY id DESC LIMIT 1
   ) latest
   JOIN registrations own ON own.team_id = latest.team_id
   WHERE latest.left_how = 'NO_SHOW'
   ORDER BY own.id DESC LIMIT 1)
  ORDER BY id DESC LIMIT 1
) r
WHERE r.end_reason IN ('REJECTED', 'EXPIRED', 'TEAM_TOO_SMALL', 'NO_SHOW')`;

const MEMBERSHIPS = `
SELECT n::int FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS m (user_id, competition_id, n)
WHERE EXISTS (SELECT FROM ${ownTeam('m')})`;

/** For people without a seat. The partial index of open invitations allows one per address. */
const INVITATIONS = `
SELECT n::int, i.id, iso_instant(i.expires_at) AS "expiresAt"
FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS m (user_id, competition_id, n)
CROSS JOIN LATERAL (SELECT email FROM users WHERE id = m.user_id LIMIT 1) u
CROSS JOIN LATERAL (
  SELECT id, expires_at FROM invitations
  WHERE competition_id = m.competition_id AND email = u.email AND ended_at IS NULL AND expires_at > clock_timestamp()
  LIMIT 1
) i`;

const STATES = `
SELECT id AS "registrationId", status, iso_instant(registered_at) AS "registeredAt",
       CASE WHEN status ${IS_HELD} THEN iso_instant(held_until) END AS "heldUntil",
       CASE WHEN status ${IS_WAITLISTED} THEN admission END::float8 AS admission, NULL AS team
FROM registrations WHERE id = ANY ($1::uuid[])`;

const BATCH_SIZE = 500;

type FoundInvitation = Pick<OwnInvitation, 'expiresAt'> & { readonly id: string };

export const NO_REGISTRATION = { registration: null, endedRegistration: null } as const;

/** The active registrations of people, each for one competition. Concurrent reads share a statement. */
@Injectable()
export class ActiveRegistrations {
  private readonly reads = new DataLoader<ActiveRegistration>(
    (keys) => this.query('active_registrations', TEXT, keys),
    BATCH_SIZE,
  );
  private readonly endedReads = new DataLoader<EndedRegistration>(
    (keys) => this.query('ended_registrations', ENDED, keys),
    BATCH_SIZE,
  );

  private readonly invitations = new DataLoader<FoundInvitation>(
    (keys) => this.query('open_invitations', INVITATIONS, keys),
    BATCH_SIZE,
  );

  private readonly memberships = new DataLoader<object>(
    (keys) => this.query('memberships', MEMBERSHIPS, keys),
    BATCH_SIZE,
  );

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly positions: WaitlistPositions,
  ) {}

  /** Whether the person is a member of a team, registered or not. */
  async isInTeam(userId: string, competitionId: string): Promise<boolean> {
    return (await this.memberships.get(`${userId} ${competitionId}`)) !== null;
  }

  /** The open invitation to the person's address. */
  findInvitation(userId: string, competitionId: string): Promise<FoundInvitation | null> {
    return withTimeLimit(this.invitations.get(`${userId} ${competitionId}`), READ_BUDGET_MS);
  }

  find(userId: string, competitionId: string): Promise<ActiveRegistration | null> {
    return this.reads.get(`${userId} ${competitionId}`);
  }

  /** The person's active registration, or without one, how the latest one ended. */
  findOwn(userId: string, competitionId: string): Promise<Pick<Competition, 'registration' | 'endedRegistration'>> {
    return withTimeLimit(this.readOwn(userId, competitionId), READ_BUDGET_MS);
  }

  /** By id, of people and not of teams, also of registrations that have ended (CANCELLED). */
  async states(registrationIds: readonly string[]): Promise<ReadonlyMap<string, ActiveRegistration>> {
    const query = { name: 'registration_states', text: STATES, values: [registrationIds] };
    const { rows } = await withTimeLimit(this.pool.query<ActiveRegistration>(query), READ_BUDGET_MS);
    return new Map(rows.map((row) => [row.registrationId, row]));
  }

  private async readOwn(userId: string, competitionId: string) {
    const registration = await this.readWithPosition(userId, competitionId);
    if (registration !== null) return { registration, endedRegistration: null };
    return { registration, endedRegistration: await this.endedReads.get(`${userId} ${competitionId}`) };
  }

  private async readWithPosition(userId: string, competitionId: string): Promise<MyActiveRegistration | null> {
    for (;;) {
      const found = await this.find(userId, competitionId);
      if (found === null) return null;
      if (found.admission === null) return withPosition(found, null);
      const position = await this.positions.get(competitionId, found.admission);
      if (position !== null) return withPosition(found, position);
      // Between the two statements the registration was promoted or ended, so it has another status now.
    }
  }

  private async query<Found extends object>(
    name: string,
    text: string,
    keys: string[],
  ): Promise<ReadonlyMap<string, Found>> {
    const pairs = keys.map((key) => key.split(' ') as [string, string]);
    const values = [pairs.map(([userId]) => userId), pairs.map(([, competitionId]) => competitionId)];
    const { rows } = await this.pool.query<Found & { n: number }>({ name, text, values });
    return new Map(rows.map(({ n, ...found }) => [keys[n - 1] as string, found as unknown as Found]));
  }
}
