import type {
  InvitationPage,
  InvitationsQuery,
  Invited,
  InvitePeople,
  ReceivedInvitation,
  Redeemed,
  SentInvitations,
  WithdrawnInvitations,
} from '@mini-compete/shared/invitations';
import type { GivenAnswers } from '@/lib/registration-attempt';
import type { Call } from './client';
import { query } from './query';

const path = (competitionId: string) => `/competitions/${encodeURIComponent(competitionId)}/invitations` as const;
const withKey = (key: string) => ({ headers: { 'idempotency-key': key } });

export const listInvitations = (call: Call, competitionId: string, filter: Partial<InvitationsQuery>) =>
  call<InvitationPage>(`${path(competitionId)}${query(filter)}`);

/** Reserves a seat for everyone, or for nobody. */
export const invitePeople = (call: Call, competitionId: string, body: InvitePeople, key: string) =>
  call<Invited>(path(competitionId), { method: 'POST', body, ...withKey(key) });

export const withdrawInvitations = (call: Call, competitionId: string, invitationIds: readonly string[], key: string) =>
  call<WithdrawnInvitations>(`${path(competitionId)}/withdraw`, {
    method: 'POST',
    body: { invitationIds },
    ...withKey(key),
  });

export const sendInvitations = (call: Call, competitionId: string, invitationIds: readonly string[], key: string) =>
  call<SentInvitations>(`${path(competitionId)}/send`, { method: 'POST', body: { invitationIds }, ...withKey(key) });

export const getInvitation = (call: Call, token: string) =>
  call<ReceivedInvitation>(`/invitations/${encodeURIComponent(token)}`);

export const redeemInvitation = (call: Call, token: string, body: GivenAnswers, key: string) =>
  call<Redeemed>(`/invitations/${encodeURIComponent(token)}/redeem`, { method: 'POST', body, ...withKey(key) });
