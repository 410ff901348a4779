import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { isForTeams } from '@/components/competitions/catalog/participants';
import { ManageHeader } from '@/components/competitions/editing/manage-header';
import { TeamList } from '@/components/registrations/teams/team-list';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { serverCall } from '@/lib/api/server';
import { listTeams } from '@/lib/api/teams';
import { getTexts } from '@/lib/i18n/texts.server';
import { getParam, type SearchParams, withParams } from '@/lib/search-params';
import { loadAsStaff } from '../load-as-staff';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { title }] = await Promise.all([getTexts('teamList'), params.then(({ id }) => loadCompetition(id))]);
  return { title: t('metaTitle', { title }) };
}

const PAGE_SIZE = 50;

/** Every team of the competition, registered or not. */
export default async function TeamsPage({ params, searchParams }: Props) {
  const { id } = await params;
  const values = await searchParams;
  const search = getParam(values, 'search').slice(0, 200);
  const path = `/organize/${id}/teams`;
  const { competition, user } = await loadAsStaff(id, withParams(path, { search }), 'readRegistrants');
  if (!isForTeams(competition)) redirect(`/organize/${id}`);
  const page = await listTeams(serverCall, id, { search, cursor: getParam(values, 'after'), limit: PAGE_SIZE });
  return (
    <>
      <AutoRefresh seconds={15} />
      <ManageHeader competition={competition} tab="teams" viewer={user} />
      <div className="mt-6">
        <TeamList competition={competition} page={page} path={path} search={search} />
      </div>
    </>
  );
}
