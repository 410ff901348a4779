import type { Competition } from '@mini-compete/shared/competitions';
import type { Team } from '@mini-compete/shared/teams';

export type Member = Team['members'][number];

export const isCaptain = ({ captainId }: Team, userId: string | undefined): boolean => captainId === userId;

export const captainOf = ({ captainId, members }: Team): Member | undefined =>
  members.find(({ userId }) => userId === captainId);

/** Who is captain once `userId` has left: the longest-serving other member, if that was the captain. */
export const nextCaptain = (team: Team, userId: string): Member | undefined =>
  isCaptain(team, userId) ? team.members.find((member) => member.userId !== userId) : undefined;

/** How many seats the team takes. */
export const seatsOf = ({ members }: Team, { seatUnit }: Pick<Competition, 'seatUnit'>): number =>
  seatUnit === 'TEAM' ? 1 : members.length;

export const membersMissing = ({ members, registration }: Team, { teamMin }: Pick<Competition, 'teamMin'>): number =>
  registration?.hasCome ? 0 : Math.max(0, (teamMin ?? 1) - members.length);

export const isTeamFull = ({ members }: Team, { teamMax }: Pick<Competition, 'teamMax'>): boolean =>
  members.length >= (teamMax ?? 0);

/** Nobody joins any more, and the captain removes nobody. */
export const isLocked = ({ locksAt }: Pick<Team, 'locksAt'>, now: number): boolean => Date.parse(locksAt) <= now;
