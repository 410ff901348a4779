import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { readCompetition } from '@/app/competitions/[id]/competition';
import { lookOf } from '@/components/competitions/catalog/status';
import { EndCompetition } from '@/components/competitions/editing/end-competition';
import { Statistics } from '@/components/competitions/statistics/statistics';
import { Entrants } from '@/components/registrations/registrants/registrants';
import { SeatField } from '@/components/seats/seat-field';
import { KeepFresh } from '@/components/ui/auto-refresh';
import { ButtonLink } from '@/components/ui/button';
import { State } from '@/components/ui/state';
import { TabNav } from '@/components/ui/tab-nav';
import { getStats, listEntrants } from '@/lib/api/organizing';
import { serverCall } from '@/lib/api/server';
import { count, seatsLeftText } from '@/lib/format';
import { address, choice, type RawSearch, said } from '@/lib/page-address';
import { competitionPath } from '@/lib/paths';
import { requireReader } from '@/lib/session';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<RawSearch> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title } = await readCompetition((await params).id);
  return { title: `Organize ${title}` };
}

const PEOPLE = ['seated', 'waiting', 'ended'] as const;

export default async function OrganizeOne({ params, searchParams }: Props) {
  const { id } = await params;
  const raw = await searchParams;
  const path = `/organize/${id}`;
  const tab = choice(raw, 'tab', [...PEOPLE, 'statistics', 'settings']);
  const [search, after] = [said(raw, 'search').slice(0, 200), said(raw, 'after')];
  const reader = await requireReader(address(path, { tab, search, after }), 'ORGANIZER', 'ADMIN');
  const competition = await readCompetition(id);
  if (reader.role !== 'ADMIN' && competition.organizer.id !== reader.id) redirect(competitionPath(id));
  const stats = await getStats(serverCall, id);
  const look = lookOf(competition.status, competition);
  const to = (name: string) => address(path, { tab: name === 'seated' ? null : name });
  const counts = { seated: stats.seated, waiting: stats.waiting, ended: stats.left + stats.removed };
  return (
    <>
      <KeepFresh seconds={15} />
      <Link href="/organize" className="link no-print text-sm text-muted">
        My competitions
      </Link>
      <div className="mt-4 flex flex-wrap items-start justify-between gap-x-10 gap-y-4">
        <div className="min-w-0">
          <State tone={look.tone} shape={look.shape}>
            {look.word}
          </State>
          <h1 className="mt-2 text-2xl">{competition.title}</h1>
          <div className="mt-4">
            <SeatField capacity={competition.capacity} seatsLeft={competition.seatsLeft} size="row" decorative />
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
            { href: to('seated'), label: 'Who is in', count: counts.seated, current: tab === 'seated' },
            { href: to('waiting'), label: 'Who waits', count: counts.waiting, current: tab === 'waiting' },
            { href: to('ended'), label: 'Ended', current: tab === 'ended' },
            { href: to('statistics'), label: 'Statistics', current: tab === 'statistics' },
            { href: to('settings'), label: 'Settings', current: tab === 'settings' },
          ]}
        />
      </div>
      <div className="mt-8">
        {tab === 'statistics' ? (
          <Statistics stats={stats} />
        ) : tab === 'settings' ? (
          <EndCompetition competition={competition} />
        ) : (
          <Entrants
            competition={competition}
            status={tab}
            search={search}
            page={
              await listEntrants(serverCall, id, { status: tab, search: search || undefined, cursor: after, limit: 50 })
            }
            hrefOf={(cursor) => address(path, { tab: tab === 'seated' ? null : tab, search, after: cursor })}
          />
        )}
      </div>
    </>
  );
}
