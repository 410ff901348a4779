import type { MailboxMessage, MailboxPage } from '@mini-compete/shared/mailbox';
import type { Call } from './client';
import { query } from './query';

export const listMessages = (call: Call, filter: { unread?: 'true' | undefined; cursor?: string; limit?: number }) =>
  call<MailboxPage>(`/mailbox${query(filter)}`);

export const getMessage = (call: Call, id: string) => call<MailboxMessage>(`/mailbox/${encodeURIComponent(id)}`);

export const markMessage = (call: Call, id: string, read: boolean) =>
  call<MailboxMessage>(`/mailbox/${encodeURIComponent(id)}`, { method: 'PATCH', body: { read } });
