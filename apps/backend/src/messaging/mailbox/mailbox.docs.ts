import { MailboxMessage, MailboxPage } from '@mini-compete/shared/mailbox';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

const tag = 'Mailbox';

export const MAILBOX: RouteDocs = {
  'GET /api/mailbox': { tag, summary: 'Own messages, newest first', answers: { 200: MailboxPage } },
  'GET /api/mailbox/{id}': {
    tag,
    summary: 'One message, and how far it got on its way: `mailbox` where there is no SMTP',
    answers: { 200: MailboxMessage },
    errors: ['MESSAGE_NOT_FOUND'],
  },
  'PATCH /api/mailbox/{id}': {
    tag,
    summary: 'Mark as read or unread',
    answers: { 200: MailboxMessage },
    errors: ['MESSAGE_NOT_FOUND'],
  },
};
