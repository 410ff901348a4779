import type { MessageKind } from '@mini-compete/shared/mailbox';
import type { Env } from '../../platform/config/env.js';
import type { EmailContent } from './email-template.js';
import { leaveLink } from './leave-link.js';

export interface StoredMessage {
  readonly kind: MessageKind;
  readonly aboutId: string;
  readonly title: string;
  readonly text: string;
  readonly competitionId: string | null;
  readonly recipient: string;
}

const WITH_LEAVE_LINK: ReadonlySet<MessageKind> = new Set(['CONFIRMED', 'PROMOTED', 'REMINDER']);
export const WITH_CALENDAR: ReadonlySet<MessageKind> = new Set([
  'CONFIRMED',
  'PROMOTED',
  'REMINDER',
  'COMPETITION_CHANGED',
]);

/** The letter of a message that stands in a mailbox. Its links lead to FRONTEND_URL and nowhere else. */
export function emailFor(
  message: StoredMessage,
  { frontendUrl, jwtSecret }: Pick<Env, 'frontendUrl' | 'jwtSecret'>,
): EmailContent {
  const { kind, aboutId, title, text, competitionId, recipient } = message;
  return {
    title,
    text,
    recipient,
    action:
      competitionId === null
        ? { label: 'See where you are signed in', url: `${frontendUrl}/profile` }
        : { label: 'View the competition', url: `${frontendUrl}/competitions/${competitionId}` },
    ...(WITH_LEAVE_LINK.has(kind) && { leaveUrl: leaveLink(frontendUrl, jwtSecret, aboutId) }),
    footer: footer(frontendUrl),
  };
}

export const footer = (frontendUrl: string): EmailContent['footer'] => ({
  text: 'You get this because you have an account at Mini Compete.',
  label: 'All your messages',
  url: `${frontendUrl}/mailbox`,
});
