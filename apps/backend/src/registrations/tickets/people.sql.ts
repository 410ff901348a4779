import { DOOR_STATUSES, type DoorStatus } from '@mini-compete/shared/door-list';
import { IS_SEATED } from '../../registry/registration-statuses.js';

/** What a door may know of the person `userId` and a registration `r`, as a letter of `DOOR_STATUSES`. */
export const doorStatus = (userId: string): string => `
  CASE WHEN r.team_id IS NOT NULL AND NOT EXISTS (
         SELECT FROM team_members m WHERE m.team_id = r.team_id AND m.user_id = ${userId} AND m.left_at IS NULL
       ) THEN 'E'
       WHEN r.status ${IS_SEATED} THEN 'S' WHEN r.status = 'HELD' THEN 'H' WHEN r.status = 'WAITLISTED' THEN 'W'
       WHEN r.status = 'APPLIED' THEN 'A' ELSE 'E' END`;

/** Null for a person who takes part alone. */
export const TEAM_NAME = '(SELECT t.name FROM teams t WHERE t.id = r.team_id)';

export const doorStatusOf = (letter: string): DoorStatus =>
  DOOR_STATUSES[letter as keyof typeof DOOR_STATUSES] ?? 'ENDED';
