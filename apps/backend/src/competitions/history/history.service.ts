import type { HistoryKind, HistoryPage, HistoryQuery } from '@mini-compete/shared/history';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { POOL } from '../../platform/database/pool.js';
import { decodeCursor, encodeCursor } from '../../platform/pagination/cursor.js';
import { entryOf, type HistoryRow } from './history.rules.js';

const Position = z.strictObject({ id: z.string().regex(/^\d{1,18}$/) });
const LAST = '9223372036854775807';

/** What registrants do, and what follows from it. The partial index `audit_of_staff` has the rest: the same literals. */
const BY_REGISTRANTS = `('registration.seated', 'registration.waiting', 'registration.promoted', 'registration.left', 'registration.cancelled')`;
/** Of registrants too, but newer than the index. */
const NEWER = `('registration.erased', 'registration.answered', 'registration.applied', 'registration.confirmed', 'registration.expired', 'registration.redeemed', 'registration.team-too-small')`;
const DECISIONS = `('registration.accepted', 'registration.rejected')`;
const BY_STAFF = `action NOT IN ${BY_REGISTRANTS}`;

const CONDITIONS: Record<HistoryKind, string> = {
  all: 'true',
  registrations: `(action IN ${BY_REGISTRANTS} OR action IN ${NEWER} OR action LIKE 'team.%')`,
  applications: `${BY_STAFF} AND (action = 'application.reviewed' OR action IN ${DECISIONS})`,
  removals: `${BY_STAFF} AND action NOT IN ${NEWER} AND action NOT IN ${DECISIONS} AND (action LIKE 'registration.%' OR action LIKE 'removal.%')`,
  competition: `${BY_STAFF} AND action LIKE 'competition.%'`,
  staff: `${BY_STAFF} AND action LIKE 'staff.%'`,
  announcements: `${BY_STAFF} AND action LIKE 'announcement.%'`,
  invitations: `${BY_STAFF} AND (action LIKE 'invitation.%' OR action LIKE 'import.%')`,
};

/** People register themselves: these entries name nobody else, unless they are about a team, which its captain registers. */
const PERSON = `CASE
  WHEN e.details ? 'userId' THEN (e.details->>'userId')::uuid
  WHEN e.details ? 'teamId' THEN NULL
  WHEN e.action IN ('registration.seated', 'registration.waiting', 'registration.applied') THEN e.actor_id
END`;

/**
 * Ids are in the log and names are joined at reading, so that a person who was erased is nowhere in it. Read from the end
 * by the index `audit_of_subject`, or by `audit_of_staff` for acts of the staff.
 */
const pageQuery = (kind: HistoryKind, byPerson: boolean) => `
  WITH entries AS MATERIALIZED (
    SELECT e.id, e.at, e.action, e.actor_id, e.details, ${PERSON} AS person_id,
           (e.details->>'teamId')::uuid AS team_id
    FROM audit_entries e
    WHERE e.subject_id = $1 AND e.id < $2 AND ${CONDITIONS[kind].replaceAll('action', 'e.action')}
      ${
        byPerson
          ? `AND (e.actor_id = $4 OR e.details @> jsonb_build_object('userId', $4::uuid)
        OR e.details->>'teamId' IN (SELECT team_id::text FROM team_members WHERE user_id = $4 AND competition_id = $1))`
          : ''
      }
    ORDER BY e.id DESC LIMIT $3
  )
  SELECT e.id::text, iso_instant(e.at) AS at, e.action, e.details,
         e.actor_id AS "actorId", nullif(actor.name, '') AS "actorName",
         e.person_id AS "personId", nullif(person.name, '') AS "personName",
         e.team_id AS "teamId", team.name AS "teamName"
  FROM entries e
  LEFT JOIN LATERAL (SELECT name FROM users WHERE id = e.actor_id LIMIT 1) actor ON true
  LEFT JOIN LATERAL (SELECT name FROM users WHERE id = e.person_id LIMIT 1) person ON true
  LEFT JOIN LATERAL (SELECT name FROM teams WHERE id = e.team_id LIMIT 1) team ON true
  ORDER BY e.id DESC`;

/** What happened to a competition, for its staff. Reads the audit log. */
@Injectable()
export class HistoryService {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async list(competitionId: string, { cursor, limit, kind, person }: HistoryQuery): Promise<HistoryPage> {
    const { rows } = await this.pool.query<HistoryRow>({
      name: `history_${kind}${person ? '_of_person' : ''}`,
      text: pageQuery(kind, person !== undefined),
      values: [competitionId, decodeCursor(Position, cursor)?.id ?? LAST, limit + 1, ...(person ? [person] : [])],
    });
    const items = rows.slice(0, limit).map(entryOf);
    const last = items.at(-1);
    return { items, nextCursor: rows.length > limit && last ? encodeCursor({ id: last.id }) : null };
  }
}
