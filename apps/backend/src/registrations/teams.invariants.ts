import type { Invariant } from '../registry/invariant.js';
import { HAS_APPLIED, IS_ACTIVE, IS_HELD, IS_WAITLISTED } from '../registry/registration-statuses.js';

const CHECKED = '$1::uuid[] IS NULL OR t.competition_id = ANY ($1)';

/** Of a registration `r`: the kinds of messages that say what its status is. */
const SAYS_STATUS = `
  CASE
    WHEN r.status ${IS_WAITLISTED} THEN m.kind IN ('WAITING', 'NOT_PROMOTED')
    WHEN r.status ${HAS_APPLIED} THEN m.kind = 'APPLIED'
    WHEN r.status ${IS_HELD} THEN m.kind = 'HELD'
    ELSE m.kind IN ('CONFIRMED', 'PROMOTED')
  END`;

export const TEAM_INVARIANTS: readonly Invariant[] = [
  {
    id: 'I7',
    rule: 'every member of a registered team knows of its registration, or the message is in the outbox',
    sql: `
      WITH job AS MATERIALIZED (
        SELECT o.payload, o.outdated,
               o.settled_at IS NULL OR EXISTS (SELECT FROM failed_jobs f WHERE f.outbox_id = o.id) AS is_pending
        FROM outbox o WHERE o.job IN ('confirmation', 'waiting', 'applied', 'held', 'team-joined')
      )
      SELECT r.id, t.user_id FROM registrations r
      JOIN team_members t ON t.team_id = r.team_id AND t.left_at IS NULL
      JOIN competitions c ON c.id = r.competition_id
      WHERE r.status ${IS_ACTIVE} AND c.messages_removed_at IS NULL AND NOT EXISTS (
        SELECT FROM mailbox_messages m WHERE m.user_id = t.user_id AND m.about_id = r.id AND ${SAYS_STATUS}
      ) AND NOT EXISTS (
        -- Who has joined since then was told with that.
        SELECT FROM mailbox_messages joined
        WHERE joined.user_id = t.user_id AND joined.kind = 'TEAM_JOINED' AND joined.about_id = t.id AND NOT EXISTS (
          SELECT FROM team_members other JOIN mailbox_messages m ON m.user_id = other.user_id AND m.about_id = r.id
          WHERE other.team_id = r.team_id AND m.id > joined.id AND ${SAYS_STATUS}
        )
      ) AND jsonb_build_object('registrationId', r.id) NOT IN (SELECT payload FROM job WHERE is_pending)
        AND jsonb_build_object('memberId', t.id) NOT IN (SELECT payload FROM job WHERE is_pending)
        AND NOT (
          (c.cancelled_at IS NOT NULL OR r.held_until <= now() IS TRUE)
          AND jsonb_build_object('registrationId', r.id) IN (SELECT payload FROM job WHERE outdated)
        )`,
  },
  {
    id: 'I8',
    rule: 'a settled job about the members of a team has written a message, unless it was outdated',
    sql: `
      SELECT o.id FROM outbox o
      JOIN team_members t ON t.id = (o.payload->>'memberId')::uuid
      JOIN competitions c ON c.id = t.competition_id
      WHERE o.job IN ('team-joined', 'team-left', 'team-captain') AND o.settled_at IS NOT NULL AND NOT o.outdated
        AND c.messages_removed_at IS NULL
        AND NOT EXISTS (SELECT FROM failed_jobs f WHERE f.outbox_id = o.id)
        AND NOT EXISTS (
          SELECT FROM team_members p JOIN mailbox_messages m ON m.user_id = p.user_id
          WHERE p.team_id = t.team_id AND m.about_id = t.id
            AND m.kind IN ('TEAM_JOINED', 'TEAM_CHANGED', 'LEFT', 'REMOVED'))`,
  },
  {
    id: 'I16',
    rule: 'the captain of a team that goes on is one of its members, and a team without members has ended',
    byCompetition: true,
    sql: `
      SELECT t.id, t.captain_id FROM teams t
      WHERE (${CHECKED}) AND (t.ended_at IS NULL) <> EXISTS (
        SELECT FROM team_members m
        WHERE m.team_id = t.id AND m.left_at IS NULL AND (t.ended_at IS NOT NULL OR m.user_id = t.captain_id))`,
  },
  {
    id: 'I16',
    rule: 'an active registration takes the seats that its members need',
    byCompetition: true,
    sql: `
      SELECT t.id, t.seats, n.members FROM registrations t
      JOIN competitions c ON c.id = t.competition_id
      CROSS JOIN LATERAL (
        SELECT count(*) AS members FROM team_members m WHERE m.team_id = t.team_id AND m.left_at IS NULL
      ) n
      WHERE t.status ${IS_ACTIVE} AND (${CHECKED})
        AND t.seats <> CASE WHEN t.team_id IS NULL OR c.seat_unit = 'TEAM' THEN 1 ELSE n.members END`,
  },
  {
    id: 'I16',
    rule: 'the team of an active registration has not ended',
    byCompetition: true,
    sql: `
      SELECT t.id FROM registrations t JOIN teams ON teams.id = t.team_id
      WHERE t.status ${IS_ACTIVE} AND teams.ended_at IS NOT NULL AND (${CHECKED})`,
  },
  {
    id: 'I16',
    rule: 'a registration is of a team exactly where the competition is for teams',
    byCompetition: true,
    sql: `
      SELECT t.id FROM registrations t JOIN competitions c ON c.id = t.competition_id
      WHERE t.status ${IS_ACTIVE} AND (${CHECKED}) AND (t.team_id IS NULL) <> (c.team_max IS NULL)`,
  },
];
