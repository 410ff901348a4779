import type { Metadata } from 'next';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { ManageHeader } from '@/components/competitions/editing/manage-header';
import { LeaveStaff } from '@/components/competitions/staff/leave-staff';
import { Applications } from '@/components/registrations/applications/applications';
import { parseView, viewPath } from '@/components/registrations/applications/applications-query';
import { answerFilter } from '@/components/registrations/registrants/registrants-query';
import { EmptyState } from '@/components/seats/empty-state';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { listApplications } from '@/lib/api/applications';
import { countAnswers } from '@/lib/api/registrations';
import { serverCall } from '@/lib/api/server';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import type { SearchParams } from '@/lib/search-params';
import { loadAsStaff } from '../load-as-staff';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

const PAGE_SIZE = 50;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { title }] = await Promise.all([getTexts('applications'), params.then(({ id }) => loadCompetition(id))]);
  return { title: t('metaTitle', { title }) };
}

/** Also what reviewers see of a competition. */
export default async function ApplicationsOfCompetition({ params, searchParams }: Props) {
  const { id } = await params;
  const view = parseView(await searchParams);
  const path = viewPath(`/organize/${id}/applications`, view, {});
  const { competition, user } = await loadAsStaff(id, path, 'readApplications');
  const { admissionMode, staffRole } = competition;
  const [t, staff, page, answers] = await Promise.all([
    getTexts('applications'),
    getTexts('staff'),
    listApplications(serverCall, id, {
      show: view.show,
      sort: view.sort,
      limit: PAGE_SIZE,
      ...(view.reviewed !== 'any' && { reviewed: view.reviewed }),
      ...(view.search && { search: view.search }),
      ...answerFilter(view),
      ...(view.after && { cursor: view.after }),
    }),
    competition.questions?.length ? countAnswers(serverCall, id) : null,
  ]);
  return (
    <>
      <AutoRefresh seconds={15} />
      <ManageHeader competition={competition} tab="applications" viewer={user} />
      <div className="mt-6">
        {admissionMode === 'APPROVAL' ? (
          <Applications
            competition={competition}
            readerId={user.id}
            view={view}
            page={page}
            answers={answers}
            now={new Date().toISOString()}
          />
        ) : (
          <EmptyState title={t('empty.modeTitle')}>{t('empty.modeText')}</EmptyState>
        )}
      </div>
      {staffRole === 'REVIEWER' && (
        <div className="no-print mt-12 border-t border-line pt-6">
          <ClientTexts of={['staff']}>
            <LeaveStaff competition={{ id, title: competition.title }}>{staff('limited.leave')}</LeaveStaff>
          </ClientTexts>
        </div>
      )}
    </>
  );
}
