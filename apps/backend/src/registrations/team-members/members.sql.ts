/**
 * The members `m` of team `t` with their accounts `u`, for the staff. Of a team that has ended it is the member with whom it
 * ended, so that its row says whose it was.
 */
export const MEMBERS_OF_TEAM = `team_members m JOIN users u ON u.id = m.user_id AND m.team_id = t.id
  AND (m.left_at IS NULL OR m.left_at = t.ended_at)`;
