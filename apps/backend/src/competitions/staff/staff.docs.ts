import {
  AcceptedStaffInvitation,
  ReceivedStaffInvitation,
  RemovedStaff,
  Staff,
  StaffInvitation,
  StaffMember,
} from '@mini-compete/shared/staff';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

const tag = 'Staff';

export const STAFF: RouteDocs = {
  'GET /api/competitions/{id}/staff': {
    tag,
    summary: 'List the staff and the open invitations',
    description: 'Links of invitations only for those who may invite.',
    responses: { 200: Staff },
  },
  'POST /api/competitions/{id}/staff': {
    tag,
    summary: 'Invite to the staff',
    description:
      'Sends an invitation to the address, which may have no account. It is valid for seven days; only an account with this address, verified, can accept it. Inviting an address again renews its invitation, also with another role, and sends it again.',
    responses: { 201: StaffInvitation },
    errors: ['EMAIL_NOT_VERIFIED', 'ALREADY_STAFF', 'STAFF_LIMIT_REACHED', 'TOO_MANY_REQUESTS', 'UPGRADE_IN_PROGRESS'],
    key: true,
  },
  'PATCH /api/competitions/{id}/staff/{staffId}': {
    tag,
    summary: 'Change the role of a member',
    description:
      'When the organizer stops being an owner, the owner who has been on the staff for the longest time becomes the organizer. Open invitations of a member who may no longer invite are withdrawn.',
    responses: { 200: StaffMember },
    errors: ['STAFF_NOT_FOUND', 'LAST_OWNER'],
    key: true,
  },
  'DELETE /api/competitions/{id}/staff/{staffId}': {
    tag,
    summary: 'Remove a member, or leave the staff',
    description: 'Everybody on the staff may remove themselves, except for the last owner.',
    responses: { 200: RemovedStaff },
    errors: ['STAFF_NOT_FOUND', 'LAST_OWNER'],
    key: true,
  },
  'DELETE /api/competitions/{id}/staff/invitations/{invitationId}': {
    tag,
    summary: 'Withdraw an invitation',
    responses: { 200: RemovedStaff },
    errors: ['STAFF_INVITATION_NOT_FOUND'],
    key: true,
  },
  'GET /api/staff-invitations/{token}': {
    tag,
    summary: 'Read an invitation to the staff',
    description: 'For the account with the invited address. `obstacle` says why it cannot be accepted at the moment.',
    responses: { 200: ReceivedStaffInvitation },
    errors: [
      'COMPETITION_NOT_FOUND',
      'STAFF_INVITATION_NOT_FOUND',
      'STAFF_INVITATION_FOR_OTHER',
      'ALREADY_STAFF',
      'STAFF_INVITATION_USED',
      'STAFF_INVITATION_WITHDRAWN',
      'STAFF_INVITATION_EXPIRED',
    ],
  },
  'POST /api/staff-invitations/{token}/accept': {
    tag,
    summary: 'Accept an invitation to the staff',
    description:
      'Only with the invited address, verified. Nobody is on the staff of a competition and registered for it: leave it first.',
    responses: { 200: AcceptedStaffInvitation },
    errors: [
      'COMPETITION_NOT_FOUND',
      'EMAIL_NOT_VERIFIED',
      'STAFF_INVITATION_NOT_FOUND',
      'STAFF_INVITATION_FOR_OTHER',
      'ALREADY_STAFF',
      'REGISTERED_HERE',
      'STAFF_INVITATION_USED',
      'STAFF_INVITATION_WITHDRAWN',
      'STAFF_INVITATION_EXPIRED',
      'UPGRADE_IN_PROGRESS',
    ],
    key: true,
  },
};
