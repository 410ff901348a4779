import type { MailboxMessage } from '@mini-compete/shared/mailbox';
import { clsx } from 'clsx';
import type { Metadata } from 'next';
import { MessageList } from '@/components/messaging/message-list';
import { MessageView } from '@/components/messaging/message-view';
import { EmptyState } from '@/components/seats/empty-state';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { ButtonLink } from '@/components/ui/button';
import { LoadMore } from '@/components/ui/load-more';
import { TabNav } from '@/components/ui/tab-nav';
import { getMessage, listMessages } from '@/lib/api/mailbox';
import { isApiError } from '@/lib/api/problem';
import { serverCall } from '@/lib/api/server';
import { getChoice, getParam, type SearchParams, withParams } from '@/lib/search-params';
import { requireUser } from '@/lib/session';

export const metadata: Metadata = { title: 'Mailbox' };

const PATH = '/mailbox';

export default async function Mailbox({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const show = getChoice(params, 'show', ['all', 'unread']);
  const [opened, after] = [getParam(params, 'message'), getParam(params, 'after')];
  const currentPath = (values: Record<string, string | null>) =>
    withParams(PATH, { show: show === 'all' ? null : show, after, ...values });
  await requireUser(currentPath({ message: opened }));
  const [page, message] = await Promise.all([
    listMessages(serverCall, { unread: show === 'unread' ? 'true' : undefined, cursor: after, limit: 30 }),
    opened ? findMessage(opened) : null,
  ]);
  return (
    <>
      <AutoRefresh seconds={15} />
      <div className={clsx(message && 'max-lg:hidden')}>
        <h1 className="text-2xl">Mailbox</h1>
        <div className="mt-6">
          <TabNav
            label="Messages"
            tabs={[
              { href: PATH, label: 'All', current: show === 'all' },
              {
                href: withParams(PATH, { show: 'unread' }),
                label: 'Unread',
                count: page.unread,
                current: show === 'unread',
              },
            ]}
          />
        </div>
      </div>
      {page.items.length === 0 && !message ? (
        <NoMessages unreadOnly={show === 'unread'} />
      ) : (
        <div className="grid gap-x-10 lg:grid-cols-[minmax(18rem,24rem)_1fr]">
          <div className={clsx(message && 'max-lg:hidden')}>
            <MessageList
              messages={page.items}
              opened={message?.id ?? null}
              hrefOf={(id) => currentPath({ message: id })}
            />
            <LoadMore
              href={page.nextCursor && withParams(PATH, { show: show === 'all' ? null : show, after: page.nextCursor })}
              shown={page.items.length}
              total={page.total}
            >
              Older ones
            </LoadMore>
          </div>
          <div className={clsx('lg:sticky lg:top-8 lg:self-start', !message && 'max-lg:hidden')}>
            {message ? (
              <MessageView key={message.id} message={message} back={currentPath({ message: null })} />
            ) : (
              <p className="mt-12 text-muted">Choose a message to read it here.</p>
            )}
          </div>
        </div>
      )}
    </>
  );
}

/** Null for an unknown message or one of another user: the list is shown without it. */
async function findMessage(id: string): Promise<MailboxMessage | null> {
  try {
    return await getMessage(serverCall, id);
  } catch (error) {
    if (isApiError(error, 'MESSAGE_NOT_FOUND', 'VALIDATION_FAILED')) return null;
    throw error;
  }
}

function NoMessages({ unreadOnly }: { unreadOnly: boolean }) {
  if (unreadOnly)
    return (
      <EmptyState title="Everything is read" action={<ButtonLink href={PATH}>Show all messages</ButtonLink>}>
        New messages stand here until you open them.
      </EmptyState>
    );
  return (
    <EmptyState title="No message yet" action={<ButtonLink href="/competitions">Find a competition</ButtonLink>}>
      What you are told about your registrations, and about your account, stands here.
    </EmptyState>
  );
}
