import type { StaffRole } from '@mini-compete/shared/permissions';
import type {
  AcceptedStaffInvitation,
  ReceivedStaffInvitation,
  Staff,
  StaffInvitation,
  StaffMember,
} from '@mini-compete/shared/staff';
import type { Call } from './client';

const path = (competitionId: string) => `/competitions/${encodeURIComponent(competitionId)}/staff` as const;
const withKey = (key: string) => ({ headers: { 'idempotency-key': key } });

export const listStaff = (call: Call, competitionId: string) => call<Staff>(path(competitionId));

/** Inviting an address again sends its invitation again. */
export const inviteStaff = (call: Call, competitionId: string, body: { email: string; role: StaffRole }, key: string) =>
  call<StaffInvitation>(path(competitionId), { method: 'POST', body, ...withKey(key) });

export const withdrawInvitation = (call: Call, competitionId: string, invitationId: string, key: string) =>
  call<unknown>(`${path(competitionId)}/invitations/${invitationId}`, { method: 'DELETE', ...withKey(key) });

export const changeStaffRole = (call: Call, competitionId: string, staffId: string, role: StaffRole, key: string) =>
  call<StaffMember>(`${path(competitionId)}/${staffId}`, { method: 'PATCH', body: { role }, ...withKey(key) });

/** `me` leaves the staff. */
export const removeStaff = (call: Call, competitionId: string, staffId: string, key: string) =>
  call<unknown>(`${path(competitionId)}/${staffId}`, { method: 'DELETE', ...withKey(key) });

export const getStaffInvitation = (call: Call, token: string) =>
  call<ReceivedStaffInvitation>(`/staff-invitations/${encodeURIComponent(token)}`);

export const acceptStaffInvitation = (call: Call, token: string, key: string) =>
  call<AcceptedStaffInvitation>(`/staff-invitations/${encodeURIComponent(token)}/accept`, {
    method: 'POST',
    ...withKey(key),
  });
