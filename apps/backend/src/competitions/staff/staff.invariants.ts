import type { Invariant } from '../../registry/invariant.js';
import { IS_ACTIVE } from '../../registry/registration-statuses.js';

export const STAFF_INVARIANTS: readonly Invariant[] = [
  {
    id: 'I18',
    rule: 'nobody is on the staff of a competition and has an active registration in it',
    watchedAs: 'records-agree',
    sql: `
      SELECT s.competition_id, r.id AS registration_id, s.user_id
      FROM competition_staff s
      JOIN registration_people p ON p.competition_id = s.competition_id AND p.user_id = s.user_id
      JOIN registrations r ON r.id = p.registration_id AND r.status ${IS_ACTIVE}
      WHERE $1::uuid[] IS NULL OR s.competition_id = ANY ($1)`,
  },
  {
    id: 'I19',
    rule: 'every competition that people can still register for has an owner',
    watchedAs: 'records-agree',
    sql: `
      SELECT c.id AS competition_id FROM competitions c
      WHERE c.deleted_at IS NULL AND c.cancelled_at IS NULL AND c.reg_deadline > clock_timestamp()
        AND ($1::uuid[] IS NULL OR c.id = ANY ($1))
        AND NOT EXISTS (SELECT FROM competition_staff s WHERE s.competition_id = c.id AND s.role = 'OWNER')`,
  },
];
