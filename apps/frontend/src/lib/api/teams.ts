import type { ChangeAnswers, Left, MemberAnswers } from '@mini-compete/shared/registrations';
import type { Team, TeamPage, TeamPreview, TeamsQuery } from '@mini-compete/shared/teams';
import type { GivenAnswers } from '@/lib/registration-attempt';
import type { Call } from './client';
import { isApiError } from './problem';
import { query } from './query';

/** The maker is captain. The answers are those to the questions that every member answers. */
export const createTeam = (call: Call, competitionId: string, body: { name: string } & GivenAnswers, key: string) =>
  call<Team>(`/competitions/${competitionId}/teams`, { method: 'POST', body, headers: { 'idempotency-key': key } });

/** Null: the reader is in no team of the competition. */
export const findMyTeam = (call: Call, competitionId: string): Promise<Team | null> =>
  call<Team>(`/competitions/${encodeURIComponent(competitionId)}/teams/my`).catch((error) => {
    if (isApiError(error, 'TEAM_NOT_FOUND')) return null;
    throw error;
  });

/** For staff that may read the list of people: also teams that are not registered. */
export const listTeams = (call: Call, competitionId: string, filter: Partial<TeamsQuery>) =>
  call<TeamPage>(`/competitions/${encodeURIComponent(competitionId)}/teams${query(filter)}`);

/** In the body, not in the address: servers log addresses. */
export const findTeam = (call: Call, code: string) =>
  call<TeamPreview>('/teams/find', { method: 'POST', body: { code } });

export const joinTeam = (call: Call, body: { code: string } & GivenAnswers, key: string) =>
  call<Team>('/teams/join', { method: 'POST', body, headers: { 'idempotency-key': key } });

export const renameTeam = (call: Call, teamId: string, name: string) =>
  call<Team>(`/teams/${teamId}`, { method: 'PATCH', body: { name } });

/** The old code is valid no more. */
export const renewCode = (call: Call, teamId: string) => call<Team>(`/teams/${teamId}/code`, { method: 'POST' });

export const passCaptaincy = (call: Call, teamId: string, userId: string, key: string) =>
  call<Team>(`/teams/${teamId}/captain`, { method: 'POST', body: { userId }, headers: { 'idempotency-key': key } });

/** One leaves oneself, or the captain removes somebody. */
export const endMembership = (call: Call, teamId: string, userId: string, key: string) =>
  call<unknown>(`/teams/${teamId}/members/${userId}`, { method: 'DELETE', headers: { 'idempotency-key': key } });

/** Ends the registration of the team, and not the team. */
export const withdrawTeam = (call: Call, teamId: string, key: string) =>
  call<Left>(`/teams/${teamId}/withdraw`, { method: 'POST', headers: { 'idempotency-key': key } });

/** What I have answered as a member. */
export const getMemberAnswers = (call: Call, teamId: string) => call<MemberAnswers>(`/teams/${teamId}/answers`);

/** Fails with QUESTIONS_CHANGED if others are asked now; the problem contains them. */
export const answerAsMember = (call: Call, teamId: string, body: ChangeAnswers) =>
  call<Team>(`/teams/${teamId}/answers`, { method: 'PUT', body });
