import type { StaffRole } from '@mini-compete/shared/permissions';
import type { ReceivedStaffInvitation } from '@mini-compete/shared/staff';
import { DomainError } from '../../platform/errors/domain-error.js';

/** An invitation, and what the account of the reader has to do with it. */
export interface InvitationState {
  readonly id: string;
  readonly competitionId: string;
  readonly title: string;
  readonly role: StaffRole;
  readonly invitedBy: string | null;
  readonly expiresAt: string;
  readonly isDeleted: boolean;
  readonly isForReader: boolean;
  readonly isVerified: boolean;
  readonly isStaff: boolean;
  readonly isRegistered: boolean;
  readonly isAccepted: boolean;
  readonly isWithdrawn: boolean;
  readonly isExpired: boolean;
}

/** The order of these lines is the order of the answers. Only the invited address learns more than that it is another's. */
export function ensureOpenForReader(invitation: InvitationState): void {
  if (!invitation.isForReader) throw new DomainError('STAFF_INVITATION_FOR_OTHER');
  if (invitation.isDeleted) throw new DomainError('COMPETITION_NOT_FOUND');
  if (invitation.isStaff) throw new DomainError('ALREADY_STAFF');
  if (invitation.isAccepted) throw new DomainError('STAFF_INVITATION_USED');
  if (invitation.isWithdrawn) throw new DomainError('STAFF_INVITATION_WITHDRAWN');
  if (invitation.isExpired) throw new DomainError('STAFF_INVITATION_EXPIRED');
}

/** What the person can change before they accept. Nobody is staff of a competition and active in it. */
export function obstacleOf({ isVerified, isRegistered }: InvitationState): ReceivedStaffInvitation['obstacle'] {
  if (!isVerified) return 'EMAIL_NOT_VERIFIED';
  return isRegistered ? 'REGISTERED_HERE' : null;
}
