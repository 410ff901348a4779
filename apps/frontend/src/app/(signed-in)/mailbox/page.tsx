import type { MailboxMessage } from '@mini-compete/shared/mailbox';
import { clsx } from 'clsx';
import type { Metadata } from 'next';
import { useTexts } from '#texts';
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
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { getChoice, getParam, type SearchParams, withParams } from '@/lib/search-params';
import { requireUser } from '@/lib/session';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTexts('mailbox'))('title') });

const PATH = '/mailbox';

export default async function Mailbox({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const show = getChoice(params, 'show', ['all', 'unread']);
  const [opened, after] = [getParam(params, 'message'), getParam(params, 'after')];
  const currentPath = (values: Record<string, string | null>) =>
    withParams(PATH, { show: show === 'all' ? null : show, after, ...values });
  await requireUser(currentPath({ message: opened }));
  const [t, page, message] = await Promise.all([
    getTexts('mailbox'),
    listMessages(serverCall, { unread: show === 'unread' ? 'true' : undefined, cursor: after, limit: 30 }),
    opened ? findMessage(opened) : null,
  ]);
  return (
    <>
      <AutoRefresh seconds={15} />
      <div className={clsx(message && 'max-lg:hidden')}>
        <h1 className="text-2xl">{t('title')}</h1>
        <div className="mt-6">
          <TabNav
            label={t('tabs')}
            tabs={[
              { href: PATH, label: t('all'), current: show === 'all' },
              {
                href: withParams(PATH, { show: 'unread' }),
                label: t('unread'),
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
            />
          </div>
          <div className={clsx('lg:sticky lg:top-8 lg:self-start', !message && 'max-lg:hidden')}>
            {message ? (
              <ClientTexts of={['mailbox']}>
                <MessageView key={message.id} message={message} back={currentPath({ message: null })} />
              </ClientTexts>
            ) : (
              <p className="mt-12 text-muted">{t('choose')}</p>
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
  const t = useTexts('mailbox');
  if (unreadOnly)
    return (
      <EmptyState title={t('readTitle')} action={<ButtonLink href={PATH}>{t('showAll')}</ButtonLink>}>
        {t('readText')}
      </EmptyState>
    );
  return (
    <EmptyState title={t('emptyTitle')} action={<ButtonLink href="/competitions">{t('findCompetition')}</ButtonLink>}>
      {t('emptyText')}
    </EmptyState>
  );
}
