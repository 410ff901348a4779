import type {
  LeaveLinkInfo,
  Left,
  MyRegistrationPage,
  MyRegistrationsQuery,
  Registered,
} from '@mini-compete/shared/registrations';
import type { Call } from './client';
import { query } from './query';

export const register = (call: Call, competitionId: string, key: string, joinWaitlist: boolean) =>
  call<Registered>(`/competitions/${competitionId}/register`, {
    method: 'POST',
    body: { joinWaitlist },
    headers: { 'idempotency-key': key },
  });

/** Gives the seat, or the place in line, back. */
export const leave = (call: Call, competitionId: string, key: string) =>
  call<Left>(`/competitions/${competitionId}/register`, { method: 'DELETE', headers: { 'idempotency-key': key } });

/** What the link in a message would end; asking changes nothing. */
export const getLeaveLink = (call: Call, token: string) =>
  call<LeaveLinkInfo>(`/competitions/leave-link${query({ token })}`);

export const leaveByLink = (call: Call, token: string) =>
  call<Left>('/competitions/leave-link', { method: 'POST', body: { token } });

export const listMyRegistrations = (call: Call, filter: Partial<MyRegistrationsQuery>) =>
  call<MyRegistrationPage>(`/competitions/registrations/my${query(filter)}`);
