import type { ReceivedInvitation } from '@mini-compete/shared/invitations';
import type { ACTIVE } from '@mini-compete/shared/registration-status';
import { DomainError } from '../../platform/errors/domain-error.js';

/** An invitation, and what the account of the reader has to do with it. */
export interface InvitationState {
  readonly id: string;
  readonly competitionId: string;
  readonly title: string;
  readonly startDate: string | null;
  readonly location: string | null;
  readonly invitedBy: string | null;
  readonly message: string | null;
  readonly expiresAt: string;
  readonly requiresAnswers: boolean;
  readonly outcome: 'REDEEMED' | 'WITHDRAWN' | 'EXPIRED' | 'COMPETITION_CANCELLED' | null;
  readonly isForReader: boolean;
  readonly isVerified: boolean;
  readonly isParticipant: boolean;
  readonly isStaff: boolean;
  readonly isHidden: boolean;
  readonly isCancelled: boolean;
  readonly isExpired: boolean;
  readonly holdsSeat: boolean;
  readonly registrationId: string | null;
  readonly registrationStatus: (typeof ACTIVE)[number] | null;
}

/** Null for the invited person. Only the invited address learns more than that it is another's. */
function refusalForReader({ isForReader, isHidden }: InvitationState): DomainError | null {
  if (!isForReader) return new DomainError('INVITATION_FOR_OTHER');
  return isHidden ? new DomainError('COMPETITION_NOT_FOUND') : null;
}

export function ensureForReader(invitation: InvitationState): void {
  const refusal = refusalForReader(invitation);
  if (refusal !== null) throw refusal;
}

/** What is decided before redeem_v2; null: nothing speaks against it so far. */
export function refusalToRedeem(invitation: InvitationState): DomainError | null {
  const isUnverified = obstacleOf(invitation) === 'EMAIL_NOT_VERIFIED';
  return refusalForReader(invitation) ?? (isUnverified ? new DomainError('EMAIL_NOT_VERIFIED') : null);
}

/** The order of these lines is the order of the answers, as in redeem_v2. */
export function ensureOpen(invitation: InvitationState): void {
  const { outcome, holdsSeat, registrationId, registrationStatus, isStaff } = invitation;
  if (outcome === 'REDEEMED') throw new DomainError('INVITATION_USED');
  if (outcome === 'EXPIRED') throw new DomainError('INVITATION_EXPIRED');
  if (invitation.isCancelled || outcome === 'COMPETITION_CANCELLED') throw new DomainError('COMPETITION_CANCELLED');
  if (outcome === 'WITHDRAWN') throw new DomainError('INVITATION_WITHDRAWN');
  if (invitation.isExpired) throw new DomainError('INVITATION_EXPIRED');
  if (holdsSeat) throw new DomainError('ALREADY_REGISTERED', { extra: { registrationId, registrationStatus } });
  if (isStaff) throw new DomainError('STAFF_CANNOT_REGISTER');
}

/** What the person has to do before they can accept. */
export function obstacleOf({ isVerified, isParticipant }: InvitationState): ReceivedInvitation['obstacle'] {
  if (!isParticipant) return 'NOT_A_PARTICIPANT';
  return isVerified ? null : 'EMAIL_NOT_VERIFIED';
}
