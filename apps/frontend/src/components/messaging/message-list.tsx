import type { MailboxMessage } from '@mini-compete/shared/mailbox';
import { clsx } from 'clsx';
import Link from 'next/link';
import { useTexts } from '#texts';
import { LocalTime } from '@/components/ui/local-time';
import { plainText } from '@/lib/plain-text';
import { DeliveryWarning } from './delivery-status';

type Props = { messages: readonly MailboxMessage[]; opened: string | null; hrefOf: (id: string) => string };

export function MessageList({ messages, opened, hrefOf }: Props) {
  const t = useTexts('mailbox');
  return (
    <ul className="border-line max-lg:border-t">
      {messages.map((message) => {
        const unread = message.readAt === null && message.id !== opened;
        return (
          <li key={message.id} className="border-b border-line">
            <Link
              href={hrefOf(message.id)}
              scroll={false}
              aria-current={message.id === opened ? 'true' : undefined}
              className={clsx(
                'grid grid-cols-[0.75rem_1fr] gap-x-2 py-4 pe-2 transition-colors hover:bg-sunken',
                message.id === opened && 'bg-sunken',
              )}
            >
              <span className="pt-2" aria-hidden="true">
                {unread && <span className="block size-2 rounded-full bg-accent" />}
              </span>
              <span className="min-w-0">
                {unread && <span className="sr-only">{t('unreadPrefix')}</span>}
                {/* The block itself has the direction of the text: an ellipsis replaces the end of the block. */}
                <bdi
                  lang={message.language}
                  className={clsx('block truncate text-match-parent', unread ? 'font-semibold' : 'text-ink')}
                >
                  {message.title}
                </bdi>
                <bdi lang={message.language} className="mt-0.5 block truncate text-match-parent text-sm text-muted">
                  {snippet(message)}
                </bdi>
                <span className="mt-1 flex flex-wrap items-center justify-between gap-x-3 text-sm text-muted">
                  <LocalTime iso={message.createdAt} style="short" />
                  <DeliveryWarning delivery={message.delivery} />
                </span>
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

const SNIPPET_LENGTH = 120;

/** Announcements have formats: their text is Markdown. */
const snippet = ({ text, html }: MailboxMessage) =>
  html === null ? text.replace(/\s+/g, ' ').slice(0, SNIPPET_LENGTH) : plainText(text, SNIPPET_LENGTH);
