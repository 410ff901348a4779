import type { Team, TeamPreview } from '@mini-compete/shared/teams';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { WaitlistPositions } from '../../competitions/catalog/waitlist-positions.js';
import { IS_DRAFT } from '../../competitions/visibility/visibility.sql.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { IS_ACTIVE, IS_HELD, IS_WAITLISTED } from '../../registry/registration-statuses.js';

/** The active registration of team `t`. */
const REGISTRATION = `
  SELECT json_build_object(
           'registrationId', r.id, 'status', r.status, 'seats', r.seats, 'registeredAt', iso_instant(r.registered_at),
           'heldUntil', CASE WHEN r.status ${IS_HELD} THEN iso_instant(r.held_until) END,
           'hasCome', EXISTS (SELECT FROM check_ins e WHERE e.registration_id = r.id AND e.result = 'WELCOME')
         ) AS registration,
         CASE WHEN r.status ${IS_WAITLISTED} THEN r.admission END::float8 AS admission
  FROM registrations r
  WHERE r.team_id = t.id AND r.status ${IS_ACTIVE}`;

const TEAM = `
SELECT t.id, t.competition_id AS "competitionId", t.name, t.code AS "joinCode", t.captain_id AS "captainId", members.list AS members,
       iso_instant(teams_lock(c)) AS "locksAt", registered.registration, registered.admission
FROM teams t
JOIN competitions c ON c.id = t.competition_id
CROSS JOIN LATERAL (
  SELECT json_agg(json_build_object(
           'userId', m.user_id, 'name', m.name, 'joinedAt', iso_instant(m.joined_at), 'ineligible', m.reason)
           ORDER BY m.joined_at, m.id) AS list
  FROM members_fitness(t.id, c, $2) m
) members
LEFT JOIN LATERAL (${REGISTRATION}) registered ON true
WHERE t.id = $1::uuid AND t.ended_at IS NULL AND c.deleted_at IS NULL`;

const OWN = `
SELECT m.team_id AS id FROM team_members m
WHERE m.user_id = $1 AND m.competition_id = $2 AND m.left_at IS NULL`;

const PREVIEW = `
SELECT t.id, t.name, size.members, size.members >= c.team_max AS "isFull",
       c.cancelled_at IS NOT NULL OR c.teams_locked_at IS NOT NULL OR teams_lock(c) <= clock_timestamp() AS "isLocked",
       reader.team_id IS NOT DISTINCT FROM t.id AS "isMember", reader.team_id <> t.id IS TRUE AS "isInOtherTeam",
       json_build_object('id', c.id, 'title', c.title, 'teamMax', c.team_max) AS competition
FROM teams t
JOIN competitions c ON c.id = t.competition_id
CROSS JOIN LATERAL (
  SELECT count(*)::int AS members FROM team_members m WHERE m.team_id = t.id AND m.left_at IS NULL
) size
LEFT JOIN team_members reader
  ON reader.user_id = $2 AND reader.competition_id = t.competition_id AND reader.left_at IS NULL
WHERE t.code = $1 AND t.ended_at IS NULL AND c.deleted_at IS NULL AND c.team_max IS NOT NULL AND NOT ${IS_DRAFT}`;

/** Also finds a team by the name or the address of a member. */
const MATCHES = `t.competition_id = $1 AND t.ended_at IS NULL AND (
  $2::text IS NULL OR strpos(plain_text(t.name), plain_text($2)) > 0 OR EXISTS (
    SELECT FROM team_members m JOIN users u ON u.id = m.user_id
    WHERE m.team_id = t.id AND m.left_at IS NULL
      AND (strpos(plain_text(u.name), plain_text($2)) > 0 OR strpos(u.email, lower($2)) > 0)))`;

const LISTED = `
WITH found AS (
  SELECT t.* FROM teams t
  WHERE ${MATCHES} AND ($3::uuid IS NULL OR t.id < $3)
  ORDER BY t.id DESC
  LIMIT $4
)
SELECT t.id, t.name, t.captain_id AS "captainId", iso_instant(t.created_at) AS "createdAt", members.list AS members,
       registered.registration, registered.admission
FROM found t
CROSS JOIN LATERAL (
  SELECT json_agg(json_build_object(
           'userId', u.id, 'name', u.name, 'email', CASE WHEN u.erased_at IS NULL THEN u.email ELSE '' END,
           'joinedAt', iso_instant(m.joined_at)) ORDER BY m.joined_at, m.id) AS list
  FROM team_members m JOIN users u ON u.id = m.user_id
  WHERE m.team_id = t.id AND m.left_at IS NULL
) members
LEFT JOIN LATERAL (${REGISTRATION}) registered ON true
ORDER BY t.id DESC`;

const COUNT = `SELECT count(*)::int AS total FROM teams t WHERE ${MATCHES}`;

/** With the order on the waitlist, from which the position is read. */
type Row<T> = T & { readonly admission: number | null };
type ListedRow = Pick<Team, 'id' | 'registration'>;

@Injectable()
export class TeamsRepository {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Pick<Env, 'requireVerifiedEmail'>,
    private readonly positions: WaitlistPositions,
  ) {}

  /** Null for a team that has ended. */
  async read(id: string, tx?: Tx): Promise<Team | null> {
    const values = [id, this.env.requireVerifiedEmail] as const;
    const rows = tx
      ? await tx.$queryRawUnsafe<Row<Team>[]>(TEAM, ...values)
      : (await this.pool.query<Row<Team>>({ name: 'team', text: TEAM, values: [...values] })).rows;
    const [row] = rows;
    return row === undefined ? null : this.withPosition(row, row.competitionId);
  }

  async findOwn(userId: string, competitionId: string): Promise<string | null> {
    const query = { name: 'own_team', text: OWN, values: [userId, competitionId] };
    const { rows } = await this.pool.query<{ id: string }>(query);
    return rows[0]?.id ?? null;
  }

  async preview(code: string, readerId: string): Promise<TeamPreview | null> {
    const query = { name: 'team_preview', text: PREVIEW, values: [code, readerId] };
    const { rows } = await this.pool.query<TeamPreview>(query);
    return rows[0] ?? null;
  }

  async list(
    competitionId: string,
    { search, afterId, limit }: { search: string | null; afterId: string | null; limit: number },
  ): Promise<{ rows: ListedRow[]; total: number }> {
    const [{ rows }, { rows: counted }] = await Promise.all([
      this.pool.query<Row<ListedRow>>({
        name: 'teams_listed',
        text: LISTED,
        values: [competitionId, search, afterId, limit],
      }),
      this.pool.query<{ total: number }>({ name: 'teams_counted', text: COUNT, values: [competitionId, search] }),
    ]);
    const teams = await Promise.all(rows.map((row) => this.withPosition(row, competitionId)));
    return { rows: teams, total: counted[0]?.total ?? 0 };
  }

  private async withPosition<T extends ListedRow>({ admission, ...row }: Row<T>, competitionId: string): Promise<T> {
    const team = row as unknown as T;
    if (admission === null || team.registration === null) return team;
    const position = await this.positions.get(competitionId, admission);
    return position === null ? team : { ...team, registration: { ...team.registration, position } };
  }
}
