import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import type { ListedInvitation, MyRegistrationsQuery } from '@mini-compete/shared/registrations';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { SUMMARY } from '../../competitions/catalog/summary.sql.js';
import { WaitlistPositions } from '../../competitions/catalog/waitlist-positions.js';
import { ASKED_QUESTIONS } from '../../competitions/questions/questions.sql.js';
import { IS_DRAFT } from '../../competitions/visibility/visibility.sql.js';
import { invitationToken } from '../../messaging/templates/invitation-link.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { withMember } from '../../platform/http/json-text.js';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { pageText } from '../../platform/pagination/page.js';
import { HAS_ENDED, HOLDS_SEAT, IS_ACTIVE, IS_HELD, IS_WAITLISTED } from '../../registry/registration-statuses.js';

/** Of registrations of teams, what counts is also whether the person is still a member. */
const FILTERS: Record<MyRegistrationsQuery['status'], { readonly own: string; readonly ofTeams: string }> = {
  active: { own: `r.status ${IS_ACTIVE}`, ofTeams: `r.status ${IS_ACTIVE} AND m.left_at IS NULL` },
  ended: { own: `r.status ${HAS_ENDED}`, ofTeams: `(r.status ${HAS_ENDED} OR m.left_at IS NOT NULL)` },
  all: { own: 'true', ofTeams: 'true' },
};
type Filter = (typeof FILTERS)['all'];

/** The person's latest membership of each team. */
const MEMBERSHIPS = `(SELECT DISTINCT ON (team_id) * FROM team_members WHERE user_id = $1 ORDER BY team_id, id DESC)`;
/** While the person was a member. */
const WAS_MEMBER = `m.joined_at <= coalesce(r.ended_at, 'infinity') AND coalesce(m.left_at, 'infinity') >= r.registered_at`;
/** For those who have left, the registration has ended with their membership. */
const HAS_LEFT = `(m.left_at IS NOT NULL AND m.left_at <= coalesce(r.ended_at, 'infinity'))`;

/** Registrations \`r\` of the person \`$1\`, each part with \`rest\`. */
const mine = ({ own, ofTeams }: Filter, rest: string) => `
  (SELECT r.id, r.competition_id, r.team_id, NULL::uuid AS member_id, r.status::text AS status, r.admission,
          r.registered_at, r.promoted_at, r.held_until, r.ended_at, r.end_reason::text AS end_reason
   FROM registrations r JOIN competitions c ON c.id = r.competition_id
   WHERE r.user_id = $1 AND ${own} AND NOT ${IS_DRAFT} ${rest})
  UNION ALL
  (SELECT r.id, r.competition_id, r.team_id, m.id, CASE WHEN ${HAS_LEFT} THEN 'CANCELLED' ELSE r.status::text END,
          r.admission, r.registered_at, r.promoted_at, r.held_until,
          CASE WHEN ${HAS_LEFT} THEN m.left_at ELSE r.ended_at END,
          CASE WHEN ${HAS_LEFT} THEN m.left_how ELSE r.end_reason::text END
   FROM ${MEMBERSHIPS} m
   JOIN registrations r ON r.team_id = m.team_id AND ${WAS_MEMBER}
   JOIN competitions c ON c.id = r.competition_id
   WHERE ${ofTeams} AND NOT ${IS_DRAFT} ${rest})`;

const listQuery = (filter: Filter) => `
SELECT r.id, c.id AS "competitionId", CASE WHEN r.status ${IS_WAITLISTED} THEN r.admission END::float8 AS admission,
       row_to_json(fields)::text AS text,
       CASE WHEN r.team_id IS NOT NULL THEN (
         SELECT json_build_object('id', t.id, 'name', t.name, 'isCaptain', t.captain_id = $1)
         FROM teams t WHERE t.id = r.team_id
       )::text END AS team
FROM (${mine(filter, 'AND ($2::uuid IS NULL OR r.id < $2) ORDER BY r.id DESC LIMIT $3')}) r
JOIN competitions c ON c.id = r.competition_id
JOIN users o ON o.id = c.organizer_id
CROSS JOIN LATERAL (
  SELECT r.id AS "registrationId", r.status,
         iso_instant(r.registered_at) AS "registeredAt",
         iso_instant(r.promoted_at) AS "promotedAt",
         iso_instant(r.ended_at) AS "endedAt",
         r.end_reason AS "endReason",
         EXISTS (SELECT FROM registration_answers a WHERE a.registration_id = r.id)
           OR EXISTS (SELECT FROM team_member_answers a WHERE a.member_id = r.member_id) AS "hasAnswers",
         coalesce(${ASKED_QUESTIONS} <> '[]', false) AS "asksQuestions",
         CASE WHEN r.status ${IS_HELD} THEN iso_instant(r.held_until) END AS "heldUntil",
         iso_instant(c.decisions_by) AS "decisionsBy",
         iso_instant(promotes_until(c)) AS "promotesUntil",
         ${SUMMARY} AS competition
) fields
ORDER BY r.id DESC
LIMIT $3`;

const MAX_INVITATIONS = 50;

/** Open ones to the person's address, without a seat or a role in the competition. In one statement with the total. */
const INVITATIONS = `
SELECT i.id, iso_instant(i.expires_at) AS "expiresAt", ${SUMMARY} AS competition
FROM users u
JOIN invitations i ON i.email = u.email AND i.ended_at IS NULL AND i.expires_at > clock_timestamp()
JOIN competitions c ON c.id = i.competition_id
JOIN users o ON o.id = c.organizer_id
WHERE u.id = $1 AND c.cancelled_at IS NULL AND c.deleted_at IS NULL AND NOT ${IS_DRAFT}
  AND NOT EXISTS (
    SELECT FROM registrations r WHERE r.competition_id = c.id AND r.user_id = u.id AND r.status ${HOLDS_SEAT})
  AND NOT EXISTS (SELECT FROM competition_staff s WHERE s.competition_id = c.id AND s.user_id = u.id)
ORDER BY i.expires_at, i.id
LIMIT ${MAX_INVITATIONS}`;

const countQuery = (filter: Filter) => `
SELECT count(*)::int AS total, (SELECT coalesce(json_agg(i), '[]') FROM (${INVITATIONS}) i) AS invitations
FROM (SELECT FROM (${mine(filter, '')}) r LIMIT ${TOTAL_IS_EXACT_UP_TO + 1}) mine`;

const AfterId = z.strictObject({ id: z.uuid() });

interface Row {
  readonly id: string;
  readonly competitionId: string;
  /** The order on the waitlist; null when the registration is not on it. */
  readonly admission: number | null;
  readonly text: string;
  /** As JSON; null for the person's own. */
  readonly team: string | null;
}

type Invitation = Omit<ListedInvitation, 'token'> & { readonly id: string };

interface Counted {
  readonly total: number;
  readonly invitations: readonly Invitation[];
}

/** A participant's registrations, newest first. The database produces the JSON of the response. */
@Injectable()
export class MyRegistrations {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Pick<Env, 'jwtSecret'>,
    private readonly positions: WaitlistPositions,
  ) {}

  async list(userId: string, { status, cursor, limit }: MyRegistrationsQuery): Promise<string> {
    const after = decodeCursor(AfterId, cursor)?.id ?? null;
    const filter = FILTERS[status];
    const [{ rows }, { rows: counted }] = await Promise.all([
      this.pool.query<Row>({
        name: `registrations_of_user_${status}`,
        text: listQuery(filter),
        values: [userId, after, limit + 1],
      }),
      this.pool.query<Counted>({
        name: `count_registrations_of_user_${status}`,
        text: countQuery(filter),
        values: [userId],
      }),
    ]);
    const items = await Promise.all(
      rows.map(async ({ id, competitionId, admission, text, team }) => {
        const position = admission === null ? null : await this.positions.get(competitionId, admission);
        const withPosition = withMember(text, 'position', String(position));
        return { id, text: team === null ? withPosition : withMember(withPosition, 'team', team) };
      }),
    );
    const { total, invitations } = counted[0] ?? { total: 0, invitations: [] };
    const page = pageText(
      items,
      limit,
      ({ text }) => text,
      ({ id }) => ({ id }),
      total,
    );
    return withMember(page, 'invitations', JSON.stringify(invitations.map((invitation) => this.withToken(invitation))));
  }

  private withToken({ id, ...invitation }: Invitation): ListedInvitation {
    return { token: invitationToken(this.env.jwtSecret, id), ...invitation };
  }
}
