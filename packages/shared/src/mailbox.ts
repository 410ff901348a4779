import { z } from 'zod';
import { Id, Instant, Language, PageQuery, pageOf } from './common.js';

export const MessageKind = z
  .enum([
    'CONFIRMED',
    'WAITING',
    'APPLIED',
    'DECISIONS_LATE',
    'REJECTED',
    'HELD',
    'HOLD_ENDING',
    'EXPIRED',
    'PROMOTED',
    'NOT_PROMOTED',
    'LEFT',
    'REMOVED',
    'NO_SHOW',
    'COMPETITION_CHANGED',
    'COMPETITION_CANCELLED',
    'REMINDER',
    'NEW_SIGN_IN',
    'ADDRESS_CHANGED',
    'STAFF_INVITED',
    'STAFF_JOINED',
    'STAFF_REMOVED',
    'STAFF_ROLE_CHANGED',
    'EXPORT_READY',
    'INVITED',
    'INVITATION_WITHDRAWN',
    'INVITATION_EXPIRED',
    'ANNOUNCEMENT',
    'TEAM_JOINED',
    'TEAM_CHANGED',
    'TEAM_BELOW_MINIMUM',
    'TEAM_TOO_SMALL',
  ])
  .meta({ id: 'MessageKind' });
export type MessageKind = z.infer<typeof MessageKind>;

/** Delivery status: `mailbox` when no mail is sent, `unknown` when the worker died while it sent the message. */
export const Delivery = z.enum(['mailbox', 'queued', 'sending', 'sent', 'failed', 'unknown']).meta({ id: 'Delivery' });
export type Delivery = z.infer<typeof Delivery>;

export const MailboxMessage = z
  .object({
    id: Id,
    kind: MessageKind,
    /** Of title and text, which are stored as they were sent: not always the present language of the account. */
    language: Language,
    title: z.string(),
    /** Plain text; paragraphs are separated by empty lines. */
    text: z.string(),
    /** The text with its formats, safe to show; null when it has none. */
    html: z.string().nullable(),
    competitionId: Id.nullable(),
    /** The path of the page where the person can act on the message. */
    path: z.string(),
    /** It asks to confirm the seats of a team, which only its captain can do, and the reader is not. */
    isForCaptain: z.boolean().optional(),
    createdAt: Instant,
    readAt: Instant.nullable(),
    delivery: Delivery,
    /** When the worker started to send the message, and when the mail server accepted it. */
    sendingAt: Instant.nullable(),
    sentAt: Instant.nullable(),
  })
  .meta({ id: 'MailboxMessage' });
export type MailboxMessage = z.infer<typeof MailboxMessage>;

export const MailboxQuery = z.strictObject({
  ...PageQuery.shape,
  unread: z
    .enum(['true', 'false'])
    .transform((unread) => unread === 'true')
    .optional(),
});
export type MailboxQuery = z.infer<typeof MailboxQuery>;
export const MailboxPage = z.object({ ...pageOf(MailboxMessage).shape, unread: z.int() }).meta({ id: 'MailboxPage' });
export type MailboxPage = z.infer<typeof MailboxPage>;

export const MarkMessage = z.strictObject({ read: z.boolean() }).meta({ id: 'MarkMessage' });
export type MarkMessage = z.infer<typeof MarkMessage>;
