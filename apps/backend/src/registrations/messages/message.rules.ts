import { SEATED } from '@mini-compete/shared/registration-status';

/** What is true about a registration at the moment when its message is written. */
export interface Situation {
  readonly status: string;
  readonly endReason: string | null;
  /** Whether the person, or the team, is not in the competition with another registration. */
  readonly isLatest: boolean;
  /** Whether the competition was canceled or deleted. */
  readonly isCancelled: boolean;
  /** Whether a hold can still be confirmed: the message says until when. */
  readonly isHoldOpen: boolean;
  /** Whether those who are still on the waitlist have been told that no seat became free. */
  readonly isWaitlistClosed: boolean;
}

export const MESSAGE_JOBS = [
  'confirmation',
  'waiting',
  'applied',
  'held',
  'expired',
  'rejected',
  'left',
  'removed',
  'team-too-small',
  'no-show',
] as const;
export type MessageJob = (typeof MESSAGE_JOBS)[number];

/** Whether what the message says is true. A person to whom it no longer applies gets a message about the later change. */
export const IS_TRUE: Readonly<Record<MessageJob, (situation: Situation) => boolean>> = {
  confirmation: ({ status, isCancelled }) => isSeated(status) && !isCancelled,
  waiting: ({ status, isCancelled, isWaitlistClosed }) => status === 'WAITLISTED' && !isCancelled && !isWaitlistClosed,
  applied: ({ status, isCancelled }) => status === 'APPLIED' && !isCancelled,
  held: ({ status, isHoldOpen, isCancelled }) => status === 'HELD' && isHoldOpen && !isCancelled,
  expired: ({ endReason, isLatest }) => endReason === 'EXPIRED' && isLatest,
  rejected: ({ endReason, isLatest }) => endReason === 'REJECTED' && isLatest,
  left: ({ endReason, isLatest }) => endReason === 'LEFT' && isLatest,
  removed: ({ endReason, isLatest }) => endReason === 'REMOVED' && isLatest,
  'team-too-small': ({ endReason, isLatest }) => endReason === 'TEAM_TOO_SMALL' && isLatest,
  'no-show': ({ endReason, isLatest }) => endReason === 'NO_SHOW' && isLatest,
};

const isSeated = (status: string) => (SEATED as readonly string[]).includes(status);
