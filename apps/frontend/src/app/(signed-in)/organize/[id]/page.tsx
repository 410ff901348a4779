import type { Competition, CompetitionStats } from '@mini-compete/shared/competitions';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { isForTeams } from '@/components/competitions/catalog/participants';
import { Share } from '@/components/competitions/catalog/share';
import { DraftNotice } from '@/components/competitions/editing/draft-notice';
import { ManageHeader } from '@/components/competitions/editing/manage-header';
import { NextSteps } from '@/components/competitions/editing/next-steps';
import { LimitedRole } from '@/components/competitions/staff/limited-role';
import { Statistics } from '@/components/competitions/statistics/statistics';
import { Registrants } from '@/components/registrations/registrants/registrants';
import {
  answerFilter,
  checkInFilter,
  parseView,
  viewPath,
} from '@/components/registrations/registrants/registrants-query';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { getStats } from '@/lib/api/competitions';
import { countAnswers, listRegistrants } from '@/lib/api/registrations';
import { serverCall } from '@/lib/api/server';
import { siteUrl } from '@/lib/config';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts, getTimeZone } from '@/lib/i18n/texts.server';
import { competitionPath } from '@/lib/paths';
import { getChoice, getParam, type SearchParams } from '@/lib/search-params';
import { loadAsStaff } from './load-as-staff';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { title }] = await Promise.all([getTexts('organizing'), params.then(({ id }) => loadCompetition(id))]);
  return { title: t('manage.metaTitle', { title }) };
}

export default async function OrganizeCompetition({ params, searchParams }: Props) {
  const { id } = await params;
  const values = await searchParams;
  const tab = getChoice(values, 'tab', ['people', 'statistics']);
  const view = parseView(values);
  const path = tab === 'people' ? viewPath(`/organize/${id}`, view, {}) : `/organize/${id}?tab=${tab}`;
  const { competition, user } = await loadAsStaff(id, path, 'see');
  const { staffRole } = competition;
  if (staffRole === 'REVIEWER' && competition.admissionMode === 'APPROVAL') redirect(`/organize/${id}/applications`);
  if (staffRole === 'REVIEWER' || staffRole === 'SCANNER')
    return (
      <>
        <ManageHeader competition={competition} tab="people" viewer={user} />
        <div className="mt-8">
          <LimitedRole competition={competition} role={staffRole} />
        </div>
      </>
    );
  const stats = await getStats(serverCall, id, await getTimeZone());
  // Servers of the previous version do not count them.
  const { held = 0, applied = 0 } = stats;
  return (
    <>
      <AutoRefresh seconds={15} />
      <DraftNotice competition={competition} now={new Date().toISOString()} />
      {competition.visibility !== 'DRAFT' && getParam(values, 'created') !== '' && (
        <Created competition={competition} />
      )}
      <ManageHeader competition={competition} tab={tab} viewer={user} />
      <div className="mt-6">
        {tab === 'statistics' ? (
          <Statistics stats={stats} />
        ) : (
          <Registrants
            competition={competition}
            view={view}
            answers={competition.questions?.length ? await countAnswers(serverCall, id) : null}
            counts={
              isForTeams(competition) && stats.registrations
                ? { ...stats.registrations, active: activeIn(stats.registrations) }
                : {
                    active: stats.seated + held + stats.waiting + applied,
                    seated: stats.seated,
                    held,
                    waiting: stats.waiting,
                    applied,
                    // Servers of the previous version do not count them.
                    ended: stats.ended ?? stats.left + stats.removed,
                  }
            }
            page={
              await listRegistrants(serverCall, id, {
                status: view.show,
                search: view.search,
                ...answerFilter(view),
                ...checkInFilter(view),
                cursor: view.after,
                limit: 50,
                // The default is left out: servers of the previous version do not know the parameter.
                ...(view.sort === 'registered' ? {} : { sort: view.sort }),
              })
            }
          />
        )}
      </div>
    </>
  );
}

/** A team is one in the list, whatever seats it takes. */
const activeIn = ({ seated, held, waiting, applied }: NonNullable<CompetitionStats['registrations']>): number =>
  seated + held + waiting + applied;

/** After publishing: what to do next is telling people about it. */
async function Created({ competition }: { competition: Competition }) {
  const { id, title, visibility } = competition;
  const t = await getTexts('organizing');
  return (
    <Notice
      tone="success"
      live="polite"
      title={t(visibility === 'UNLISTED' ? 'manage.unlistedTitle' : 'manage.createdTitle')}
      className="no-print mb-8"
    >
      <p>{t(visibility === 'UNLISTED' ? 'manage.unlistedText' : 'manage.createdText')}</p>
      <div className="my-3 max-w-xl">
        <ClientTexts of={['share']}>
          <Share url={new URL(competitionPath(id), siteUrl()).href} title={title} />
        </ClientTexts>
      </div>
      <div className="flex flex-wrap gap-2">
        <ButtonLink tone="primary" size="sm" href={competitionPath(id)}>
          {t('manage.publicPage')}
        </ButtonLink>
        <NextSteps competition={competition} />
      </div>
    </Notice>
  );
}
