import { SEATED } from '@mini-compete/shared/registration-status';

/** What is true about a registration at the moment when its message is written. */
export interface Situation {
  readonly status: string;
  readonly endReason: string | null;
  /** Whether the person is not in the competition with another registration. */
  readonly isLatest: boolean;
  /** Whether the competition was canceled or deleted. */
  readonly isCancelled: boolean;
  /** Whether those who are still on the waitlist have been told that no seat became free. */
  readonly isWaitlistClosed: boolean;
}

export type MessageJob = 'confirmation' | 'waiting' | 'left' | 'removed';

/** Whether what the message says is true. A person to whom it no longer applies gets a message about the later change. */
export const IS_TRUE: Readonly<Record<MessageJob, (situation: Situation) => boolean>> = {
  confirmation: ({ status, isCancelled }) => isSeated(status) && !isCancelled,
  waiting: ({ status, isCancelled, isWaitlistClosed }) => status === 'WAITLISTED' && !isCancelled && !isWaitlistClosed,
  left: ({ endReason, isLatest }) => endReason === 'LEFT' && isLatest,
  removed: ({ endReason, isLatest }) => endReason === 'REMOVED' && isLatest,
};

const isSeated = (status: string) => (SEATED as readonly string[]).includes(status);
