import type { Invariant } from '../registry/invariant.js';
import { IS_ACTIVE, oneOf } from '../registry/registration-statuses.js';
import { EXCEPT_PENDING, SAYS_STATUS, STATUS_JOBS } from './messages/status-messages.sql.js';

const CHECKED = '$1::uuid[] IS NULL OR t.competition_id = ANY ($1)';

export const TEAM_INVARIANTS: readonly Invariant[] = [
  {
    id: 'I7',
    rule: 'every member of a registered team knows of its registration, or the message is in the outbox',
    watchedAs: 'everybody-told',
    sql: `
      WITH without AS (
        SELECT r.id AS registration_id, t.id AS member_id, t.competition_id, t.user_id, r.status,
               c.cancelled_at IS NOT NULL OR r.held_until <= now() AS may_be_outdated
        FROM registrations r
        JOIN team_members t ON t.team_id = r.team_id AND t.left_at IS NULL
        JOIN competitions c ON c.id = r.competition_id
        WHERE r.status ${IS_ACTIVE} AND c.messages_removed_at IS NULL AND (${CHECKED}) AND NOT EXISTS (
          SELECT FROM mailbox_messages m WHERE m.user_id = t.user_id AND m.about_id = r.id AND ${SAYS_STATUS}
        ) AND NOT EXISTS (
          -- Who has joined since then was told with that.
          SELECT FROM mailbox_messages joined
          WHERE joined.user_id = t.user_id AND joined.kind = 'TEAM_JOINED' AND joined.about_id = t.id AND NOT EXISTS (
            SELECT FROM team_members other JOIN mailbox_messages m ON m.user_id = other.user_id AND m.about_id = r.id
            WHERE other.team_id = r.team_id AND m.id > joined.id AND ${SAYS_STATUS}
          )
        ) AND NOT EXISTS (SELECT FROM users u WHERE u.id = t.user_id AND u.erased_at IS NOT NULL)
      )
      SELECT competition_id, registration_id, user_id, status FROM without
      WHERE registration_id IN (
        SELECT registration_id FROM without
        ${EXCEPT_PENDING('registrationId', STATUS_JOBS)}
        EXCEPT (
          SELECT registration_id FROM without WHERE may_be_outdated
          INTERSECT SELECT (payload->>'registrationId')::uuid FROM outbox WHERE outdated AND job ${oneOf(STATUS_JOBS)}
        )
      ) AND member_id IN (SELECT member_id FROM without ${EXCEPT_PENDING('memberId', ['team-joined'])})`,
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
            AND m.kind IN ('TEAM_JOINED', 'TEAM_CHANGED', 'LEFT', 'REMOVED', 'NO_SHOW'))`,
  },
  {
    id: 'I16',
    rule: 'the captain of a team that goes on is one of its members, and a team without members has ended',
    watchedAs: 'records-agree',
    sql: `
      SELECT t.competition_id, t.id AS team_id, t.captain_id FROM teams t
      WHERE (${CHECKED}) AND (t.ended_at IS NULL) <> EXISTS (
        SELECT FROM team_members m
        WHERE m.team_id = t.id AND m.left_at IS NULL AND (t.ended_at IS NOT NULL OR m.user_id = t.captain_id))`,
  },
  {
    id: 'I16',
    rule: 'an active registration takes the seats that its members need',
    watchedAs: 'records-agree',
    sql: `
      SELECT t.competition_id, t.id AS registration_id, t.seats, n.members FROM registrations t
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
    watchedAs: 'records-agree',
    sql: `
      SELECT t.competition_id, t.id AS registration_id, t.team_id FROM registrations t JOIN teams ON teams.id = t.team_id
      WHERE t.status ${IS_ACTIVE} AND teams.ended_at IS NOT NULL AND (${CHECKED})`,
  },
  {
    id: 'I16',
    rule: 'a registration is of a team exactly where the competition is for teams',
    watchedAs: 'records-agree',
    sql: `
      SELECT t.competition_id, t.id AS registration_id, t.team_id FROM registrations t JOIN competitions c ON c.id = t.competition_id
      WHERE t.status ${IS_ACTIVE} AND (${CHECKED}) AND (t.team_id IS NULL) <> (c.team_max IS NULL)`,
  },
];
