import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { CompetitionStatusLabel } from '@/components/competitions/catalog/competition-status';
import { CancelOrDelete } from '@/components/competitions/editing/cancel-or-delete';
import { Statistics } from '@/components/competitions/statistics/statistics';
import { Registrants } from '@/components/registrations/registrants/registrants';
import { SeatGrid } from '@/components/seats/seat-grid';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { ButtonLink } from '@/components/ui/button';
import { TabNav } from '@/components/ui/tab-nav';
import { getStats } from '@/lib/api/competitions';
import { listRegistrants } from '@/lib/api/registrations';
import { serverCall } from '@/lib/api/server';
import { count, seatsLeftText } from '@/lib/format';
import { competitionPath } from '@/lib/paths';
import { getChoice, getParam, type SearchParams, withParams } from '@/lib/search-params';
import { requireUser } from '@/lib/session';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title } = await loadCompetition((await params).id);
  return { title: `Organize ${title}` };
}

const GROUPS = ['seated', 'waiting', 'ended'] as const;

export default async function OrganizeCompetition({ params, searchParams }: Props) {
  const { id } = await params;
  const values = await searchParams;
  const path = `/organize/${id}`;
  const tab = getChoice(values, 'tab', [...GROUPS, 'statistics', 'settings']);
  const [search, after] = [getParam(values, 'search').slice(0, 200), getParam(values, 'after')];
  const user = await requireUser(withParams(path, { tab, search, after }), 'ORGANIZER', 'ADMIN');
  const competition = await loadCompetition(id);
  if (user.role !== 'ADMIN' && competition.organizer.id !== user.id) redirect(competitionPath(id));
  const stats = await getStats(serverCall, id);
  const tabPath = (name: string) => withParams(path, { tab: name === 'seated' ? null : name });
  const counts = { seated: stats.seated, waiting: stats.waiting, ended: stats.left + stats.removed };
  return (
    <>
      <AutoRefresh seconds={15} />
      <Link href="/organize" className="link no-print text-sm text-muted">
        My competitions
      </Link>
      <div className="mt-4 flex flex-wrap items-start justify-between gap-x-10 gap-y-4">
        <div className="min-w-0">
          <CompetitionStatusLabel status={competition.status} competition={competition} />
          <h1 className="mt-2 text-2xl">{competition.title}</h1>
          <div className="mt-4">
            <SeatGrid capacity={competition.capacity} seatsLeft={competition.seatsLeft} size="row" decorative />
            <p className="tabular mt-2 text-sm text-muted">
              {seatsLeftText(competition.seatsLeft, competition.capacity)}
              {stats.waiting > 0 && `, ${count(stats.waiting, 'person')} in line`}
            </p>
          </div>
        </div>
        <div className="no-print flex flex-wrap gap-3">
          <ButtonLink href={competitionPath(id)}>See its page</ButtonLink>
          {competition.status !== 'cancelled' && <ButtonLink href={`${competitionPath(id)}/edit`}>Edit</ButtonLink>}
        </div>
      </div>
      <div className="mt-8">
        <TabNav
          label="About this competition"
          tabs={[
            { href: tabPath('seated'), label: 'Who is in', count: counts.seated, current: tab === 'seated' },
            { href: tabPath('waiting'), label: 'Who waits', count: counts.waiting, current: tab === 'waiting' },
            { href: tabPath('ended'), label: 'Ended', current: tab === 'ended' },
            { href: tabPath('statistics'), label: 'Statistics', current: tab === 'statistics' },
            { href: tabPath('settings'), label: 'Settings', current: tab === 'settings' },
          ]}
        />
      </div>
      <div className="mt-8">
        {tab === 'statistics' ? (
          <Statistics stats={stats} />
        ) : tab === 'settings' ? (
          <CancelOrDelete competition={competition} />
        ) : (
          <Registrants
            competition={competition}
            group={tab}
            search={search}
            page={
              await listRegistrants(serverCall, id, {
                status: tab,
                search: search || undefined,
                cursor: after,
                limit: 50,
              })
            }
            hrefOf={(cursor) => withParams(path, { tab: tab === 'seated' ? null : tab, search, after: cursor })}
          />
        )}
      </div>
    </>
  );
}
