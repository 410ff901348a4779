import type { Metadata } from 'next';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { ManageHeader } from '@/components/competitions/editing/manage-header';
import { AnnouncementList } from '@/components/registrations/announcements/announcement-list';
import { EmptyState } from '@/components/seats/empty-state';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { ButtonLink } from '@/components/ui/button';
import { LoadMore } from '@/components/ui/load-more';
import { listAnnouncements } from '@/lib/api/announcements';
import { serverCall } from '@/lib/api/server';
import { getTexts } from '@/lib/i18n/texts.server';
import { getParam, type SearchParams, withParams } from '@/lib/search-params';
import { loadAsStaff } from '../load-as-staff';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { title }] = await Promise.all([getTexts('announcements'), params.then(({ id }) => loadCompetition(id))]);
  return { title: t('metaTitle', { title }) };
}

export default async function Announcements({ params, searchParams }: Props) {
  const { id } = await params;
  const after = getParam(await searchParams, 'after');
  const path = `/organize/${id}/announcements`;
  const { competition, user } = await loadAsStaff(id, withParams(path, { after }), 'announce');
  const [t, page] = await Promise.all([
    getTexts('announcements'),
    listAnnouncements(serverCall, id, { limit: 30, ...(after && { cursor: after }) }),
  ]);
  const create = (
    <ButtonLink tone="primary" href={`${path}/new`}>
      {t('create')}
    </ButtonLink>
  );
  return (
    <>
      <AutoRefresh seconds={5} />
      <ManageHeader competition={competition} tab="announcements" viewer={user} />
      <div className="mt-8">
        {page.items.length === 0 ? (
          <EmptyState title={t('emptyTitle')} action={create}>
            {t('emptyText')}
          </EmptyState>
        ) : (
          <>
            {create}
            <AnnouncementList
              announcements={page.items}
              title={competition.title}
              hrefOf={(announcementId) => `${path}/${announcementId}`}
            />
            <LoadMore
              href={page.nextCursor && withParams(path, { after: page.nextCursor })}
              shown={page.items.length}
              total={page.total}
            />
          </>
        )}
      </div>
    </>
  );
}
