import { MailboxMessage, MailboxPage } from '@mini-compete/shared/mailbox';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

const tag = 'Mailbox';

export const MAILBOX: RouteDocs = {
  'GET /api/mailbox': { tag, summary: 'List own messages, newest first', responses: { 200: MailboxPage } },
  'GET /api/mailbox/{id}': {
    tag,
    summary: 'Read a message and its delivery status, which is `mailbox` without SMTP',
    responses: { 200: MailboxMessage },
    errors: ['MESSAGE_NOT_FOUND'],
  },
  'PATCH /api/mailbox/{id}': {
    tag,
    summary: 'Mark a message as read or unread',
    responses: { 200: MailboxMessage },
    errors: ['MESSAGE_NOT_FOUND'],
  },
};
