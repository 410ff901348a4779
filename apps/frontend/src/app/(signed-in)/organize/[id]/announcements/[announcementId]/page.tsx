import type { Announcement } from '@mini-compete/shared/announcements';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Description } from '@/components/competitions/catalog/description';
import { ManageHeader } from '@/components/competitions/editing/manage-header';
import { AnnouncementStateLabel } from '@/components/registrations/announcements/announcement-state';
import { draftCompetition } from '@/components/registrations/announcements/draft-competition';
import { DraftEditor } from '@/components/registrations/announcements/draft-editor';
import { Progress } from '@/components/registrations/announcements/progress';
import { DELIVERY_FILTERS, Recipients } from '@/components/registrations/announcements/recipients';
import { StopSending } from '@/components/registrations/announcements/stop-sending';
import { withTitle } from '@/components/registrations/announcements/subject';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { BackLink } from '@/components/ui/back-link';
import { LocalTime } from '@/components/ui/local-time';
import { getAnnouncement, listRecipients } from '@/lib/api/announcements';
import { isApiError } from '@/lib/api/problem';
import { serverCall } from '@/lib/api/server';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { getChoice, getParam, type SearchParams, withParams } from '@/lib/search-params';
import { loadAsStaff } from '../../load-as-staff';

type Props = { params: Promise<{ id: string; announcementId: string }>; searchParams: Promise<SearchParams> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTexts('announcements'))('title'),
});

export default async function AnnouncementOfCompetition({ params, searchParams }: Props) {
  const { id, announcementId } = await params;
  const values = await searchParams;
  const list = `/organize/${id}/announcements`;
  const path = `${list}/${announcementId}`;
  const { competition, user } = await loadAsStaff(id, path, 'announce');
  const [t, announcement] = await Promise.all([getTexts('announcements'), readAnnouncement(id, announcementId)]);
  const { state, subject } = announcement;
  return (
    <>
      {state !== 'DRAFT' && <AutoRefresh seconds={announcement.canStop || state === 'PENDING' ? 2 : 15} />}
      <ManageHeader competition={competition} tab="announcements" viewer={user} />
      <BackLink href={list} className="mt-8">
        {t('back')}
      </BackLink>
      {state === 'DRAFT' ? (
        <>
          <h2 className="mt-2 mb-6 text-xl">{t('form.editTitle')}</h2>
          <ClientTexts of={['announcements', 'questions', 'validation', 'editing']}>
            <DraftEditor
              // A draft that an undo has brought back starts again from what is saved.
              key={announcement.version}
              competition={draftCompetition(competition, announcement)}
              draft={announcement}
              startsWithPreview={getParam(values, 'preview') !== ''}
            />
          </ClientTexts>
        </>
      ) : (
        <>
          <div className="mt-2 flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
            <div className="min-w-0">
              <AnnouncementStateLabel state={state} />
              <h2 className="mt-1 text-xl wrap-anywhere">
                <bdi>{withTitle(subject, competition.title)}</bdi>
              </h2>
              <p className="mt-1 flex flex-wrap gap-x-3 text-sm text-muted">
                <LocalTime iso={announcement.sentAt ?? announcement.updatedAt} />
                {announcement.author !== null && <bdi>{t('by', { name: announcement.author })}</bdi>}
              </p>
            </div>
            {announcement.canStop && (
              <ClientTexts of={['announcements']}>
                <StopSending competitionId={id} id={announcementId} />
              </ClientTexts>
            )}
          </div>
          <div className="mt-8 grid gap-x-14 gap-y-10 lg:grid-cols-[minmax(0,1fr)_22rem]">
            <section aria-labelledby="announcement-message">
              <h2 id="announcement-message" className="text-lg">
                {t('sent.message')}
              </h2>
              <div className="mt-4 max-w-3xl rounded-md border border-line bg-raised p-4">
                <Description html={announcement.html} />
              </div>
            </section>
            <Progress announcement={announcement} />
          </div>
          {announcement.progress !== null && (
            <RecipientList announcement={announcement} values={values} path={path} competitionId={id} />
          )}
        </>
      )}
    </>
  );
}

async function RecipientList({
  announcement: { id, state },
  competitionId,
  values,
  path,
}: {
  announcement: Announcement;
  competitionId: string;
  values: SearchParams;
  path: string;
}) {
  const filter = getChoice(values, 'show', DELIVERY_FILTERS);
  const after = getParam(values, 'after');
  const page = await listRecipients(serverCall, competitionId, id, {
    limit: 50,
    ...(filter !== 'all' && { delivery: filter }),
    ...(after && { cursor: after }),
  });
  return (
    <Recipients
      state={state}
      page={page}
      filter={filter}
      hrefOf={(show, next = '') => withParams(path, { show: show === 'all' ? null : show, after: next })}
    />
  );
}

async function readAnnouncement(competitionId: string, id: string): Promise<Announcement> {
  try {
    return await getAnnouncement(serverCall, competitionId, id);
  } catch (error) {
    if (isApiError(error, 'ANNOUNCEMENT_NOT_FOUND', 'VALIDATION_FAILED')) notFound();
    throw error;
  }
}
