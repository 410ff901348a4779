import type { PendingAct } from '@mini-compete/shared/pending-acts';
import type {
  AnswerCounts,
  ChangeAnswers,
  Confirmed,
  LeaveLinkInfo,
  Left,
  MyRegistrationPage,
  MyRegistrationsQuery,
  Registered,
  RegisterInput,
  RegistrantPage,
  RegistrantsQuery,
  RegistrationAnswers,
  Reinstated,
} from '@mini-compete/shared/registrations';
import { publicApiOrigin } from '@/lib/config';
import type { Call } from './client';
import { query } from './query';

export const register = (call: Call, competitionId: string, key: string, body: RegisterInput) =>
  call<Registered>(`/competitions/${competitionId}/register`, {
    method: 'POST',
    body,
    headers: { 'idempotency-key': key },
  });

/** Confirms a seat that is held. */
export const confirmSeat = (call: Call, competitionId: string, key: string) =>
  call<Confirmed>(`/competitions/${competitionId}/confirm`, { method: 'POST', headers: { 'idempotency-key': key } });
/** What I have answered. */
export const getMyAnswers = (call: Call, competitionId: string) =>
  call<RegistrationAnswers>(`/competitions/${competitionId}/registration`);

/** Fails with QUESTIONS_CHANGED if others are asked now; the problem contains them. */
export const changeAnswers = (call: Call, competitionId: string, body: ChangeAnswers, key: string) =>
  call<RegistrationAnswers>(`/competitions/${competitionId}/registration`, {
    method: 'PATCH',
    body,
    headers: { 'idempotency-key': key },
  });

/** For staff that may read answers. */
export const getAnswers = (call: Call, competitionId: string, registrationId: string) =>
  call<RegistrationAnswers>(`/competitions/${competitionId}/registrations/${registrationId}/answers`);

/** For staff that may read answers: how many people have chosen each option. */
export const countAnswers = (call: Call, competitionId: string) =>
  call<AnswerCounts>(`/competitions/${encodeURIComponent(competitionId)}/answers`);

/** Gives up the seat or the position on the waitlist. */
export const leave = (call: Call, competitionId: string, key: string) =>
  call<Left>(`/competitions/${competitionId}/register`, { method: 'DELETE', headers: { 'idempotency-key': key } });

/** The registration that the leave link of a message belongs to. Changes nothing. */
export const getLeaveLink = (call: Call, token: string) =>
  call<LeaveLinkInfo>(`/competitions/leave-link${query({ token })}`);

export const leaveByLink = (call: Call, token: string) =>
  call<Left>('/competitions/leave-link', { method: 'POST', body: { token } });

export const listMyRegistrations = (call: Call, filter: Partial<MyRegistrationsQuery>) =>
  call<MyRegistrationPage>(`/competitions/registrations/my${query(filter)}`);

/** For the organizer of the competition. */
export const listRegistrants = (call: Call, competitionId: string, filter: Partial<RegistrantsQuery>) =>
  call<RegistrantPage>(`/competitions/${encodeURIComponent(competitionId)}/registrations${query(filter)}`);

/** URL of the whole list as a file, for a download link. `person`: a row for each member of a team. */
export const registrantsCsvUrl = (competitionId: string, per?: 'person'): string =>
  `${publicApiOrigin}/api/competitions/${encodeURIComponent(competitionId)}/registrations${query({ status: 'all', format: 'csv', per })}`;

/** The message to the removed person contains the reason. */
export const removeRegistrant = (call: Call, competitionId: string, registrationId: string, reason: string) =>
  call<unknown>(`/competitions/${competitionId}/registrations/${registrationId}`, {
    method: 'DELETE',
    body: { reason },
  });

/** Nothing happens for ten seconds, in which the act can be undone. */
export const removeSeveral = (
  call: Call,
  competitionId: string,
  registrationIds: readonly string[],
  reason: string,
  key: string,
) =>
  call<PendingAct>(`/competitions/${competitionId}/registrations/remove`, {
    method: 'POST',
    body: { registrationIds, reason },
    headers: { 'idempotency-key': key },
  });

/** For a person who left or was removed: a free seat, or the old position on the waitlist. */
export const reinstate = (call: Call, competitionId: string, registrationId: string, key: string) =>
  call<Reinstated>(`/competitions/${competitionId}/registrations/${registrationId}/reinstate`, {
    method: 'POST',
    headers: { 'idempotency-key': key },
  });
