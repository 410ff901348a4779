import {
  InvitationPage,
  Invited,
  ReceivedInvitation,
  Redeemed,
  SentInvitations,
  WithdrawnInvitations,
} from '@mini-compete/shared/invitations';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

const tag = 'Organizing';

const CLOSED = [
  'COMPETITION_NOT_FOUND',
  'INVITATION_NOT_FOUND',
  'INVITATION_FOR_OTHER',
  'INVITATION_USED',
  'INVITATION_WITHDRAWN',
  'INVITATION_EXPIRED',
  'COMPETITION_CANCELLED',
  'ALREADY_REGISTERED',
  'STAFF_CANNOT_REGISTER',
] as const;

export const INVITATIONS: RouteDocs = {
  'GET /api/competitions/{id}/invitations': {
    tag,
    summary: 'List invitations',
    description: 'Newest first. `free` is how many seats can be reserved at the moment.',
    responses: { 200: InvitationPage },
  },
  'POST /api/competitions/{id}/invitations': {
    tag,
    summary: 'Invite people',
    description:
      'Reserves a seat for each address until `expiresAt`, and sends the invitations: all or none. CAPACITY_TOO_SMALL says in `free` how many seats can be reserved: none while people are on the waitlist who may still be promoted. Addresses that need no invitation have a `code` instead of a `result`.',
    responses: { 200: Invited },
    errors: [
      'EMAIL_NOT_VERIFIED',
      'COMPETITION_CANCELLED',
      'REGISTRATION_NOT_OPEN',
      'CAPACITY_TOO_SMALL',
      'QUOTA_EXCEEDED',
      'UPGRADE_IN_PROGRESS',
    ],
    key: true,
  },
  'POST /api/competitions/{id}/invitations/withdraw': {
    tag,
    summary: 'Withdraw invitations',
    description: 'Their seats go to the waitlist in the same commit. People who were sent one get a message.',
    responses: { 200: WithdrawnInvitations },
    key: true,
  },
  'POST /api/competitions/{id}/invitations/send': {
    tag,
    summary: 'Send invitations again',
    description: 'Also for the first time, after an import without emails. At most once a minute for each invitation.',
    responses: { 200: SentInvitations },
    errors: ['EMAIL_NOT_VERIFIED', 'COMPETITION_CANCELLED', 'REGISTRATION_NOT_OPEN', 'QUOTA_EXCEEDED'],
    key: true,
  },
  'GET /api/invitations/{token}': {
    tag: 'Registrations',
    summary: 'Read an invitation',
    description: 'For the account with the invited address. `obstacle` says why it cannot be accepted at the moment.',
    responses: { 200: ReceivedInvitation },
    errors: [...CLOSED],
  },
  'POST /api/invitations/{token}/redeem': {
    tag: 'Registrations',
    summary: 'Accept an invitation',
    description:
      'Only with the invited address, verified. The person gets the reserved seat, and leaves the waitlist. Opening and deadline of the registration do not matter; whether it came before the end of the invitation is decided by its arrival. Where the competition asks questions, `answers` are checked as for registering.',
    responses: { 200: Redeemed },
    errors: [...CLOSED, 'EMAIL_NOT_VERIFIED', 'ACCOUNT_DISABLED', 'QUESTIONS_CHANGED', 'UPGRADE_IN_PROGRESS'],
    key: true,
  },
};
