import { AUDIENCE_STATUSES, type AudienceStatus } from '@mini-compete/shared/announcement-texts';
import type { Audience } from '@mini-compete/shared/announcements';
import { SEATED } from '@mini-compete/shared/registration-status';

type Seated = (typeof SEATED)[number];

/** What people choose from: whether a seat is confirmed already changes by itself, so it is no choice. */
export type AudienceGroup = Exclude<AudienceStatus, Seated> | 'SEATED';

const isSeated = (status: AudienceStatus): status is Seated => (SEATED as readonly string[]).includes(status);
const groupOf = (status: AudienceStatus): AudienceGroup => (isSeated(status) ? 'SEATED' : status);

/** Groups that there are in competitions for teams only. */
const OF_TEAMS: readonly AudienceGroup[] = ['TEAM_TOO_SMALL'];

export const AUDIENCE_GROUPS: readonly AudienceGroup[] = [...new Set(AUDIENCE_STATUSES.map(groupOf))];

/** What a competition offers; what was chosen before stays. */
export const audienceGroups = (forTeams: boolean, chosen: readonly AudienceGroup[]): readonly AudienceGroup[] =>
  AUDIENCE_GROUPS.filter((group) => forTeams || !OF_TEAMS.includes(group) || chosen.includes(group));

export const statusesOf = (groups: readonly AudienceGroup[]): AudienceStatus[] =>
  AUDIENCE_STATUSES.filter((status) => groups.includes(groupOf(status)));

/** Empty: everyone. */
export const groupsOf = (audience: Audience): AudienceGroup[] =>
  'everyone' in audience ? [] : [...new Set(audience.statuses.map(groupOf))];
