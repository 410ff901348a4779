import type { Invariant } from '../../registry/invariant.js';
import { IS_ACTIVE } from '../../registry/registration-statuses.js';

export const STAFF_INVARIANTS: readonly Invariant[] = [
  {
    id: 'I18',
    rule: 'nobody is on the staff of a competition and has an active registration in it',
    byCompetition: true,
    sql: `
      SELECT s.competition_id, s.user_id, r.id
      FROM competition_staff s
      JOIN registrations r ON r.competition_id = s.competition_id AND r.user_id = s.user_id AND r.status ${IS_ACTIVE}
      WHERE $1::uuid[] IS NULL OR s.competition_id = ANY ($1)
      UNION ALL
      SELECT s.competition_id, s.user_id, r.id
      FROM competition_staff s
      JOIN team_members m ON m.competition_id = s.competition_id AND m.user_id = s.user_id AND m.left_at IS NULL
      JOIN registrations r ON r.team_id = m.team_id AND r.status ${IS_ACTIVE}
      WHERE $1::uuid[] IS NULL OR s.competition_id = ANY ($1)`,
  },
  {
    id: 'I19',
    rule: 'every competition that people can still register for has an owner',
    byCompetition: true,
    sql: `
      SELECT c.id FROM competitions c
      WHERE c.deleted_at IS NULL AND c.cancelled_at IS NULL AND c.reg_deadline > clock_timestamp()
        AND ($1::uuid[] IS NULL OR c.id = ANY ($1))
        AND NOT EXISTS (SELECT FROM competition_staff s WHERE s.competition_id = c.id AND s.role = 'OWNER')`,
  },
];
