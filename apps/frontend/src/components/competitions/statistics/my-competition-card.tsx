import type { MyCompetition } from '@mini-compete/shared/competitions';
import Link from 'next/link';
import { CompetitionStatusLabel, RegistrationTiming } from '@/components/competitions/catalog/competition-status';
import { SeatGrid } from '@/components/seats/seat-grid';
import { plural } from '@/lib/format';
import { Sparkline } from './sparkline';

export function MyCompetitionCard({ competition, now }: { competition: MyCompetition; now: string }) {
  const { id, title, status, capacity, seatsLeft, seated, waiting, ended, recent } = competition;
  return (
    <li className="group relative grid items-center gap-x-8 gap-y-4 border-b border-line py-6 sm:grid-cols-2 lg:grid-cols-[1.4fr_1fr_auto]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <CompetitionStatusLabel status={status} competition={competition} />
          <RegistrationTiming competition={competition} now={now} />
        </p>
        <h2 className="mt-2 text-lg leading-snug">
          <Link href={`/organize/${id}`} className="stretched-link group-hover:text-accent">
            {title}
          </Link>
        </h2>
        <div className="mt-3">
          <SeatGrid capacity={capacity} seatsLeft={seatsLeft} size="row" decorative />
        </div>
      </div>
      <dl className="tabular flex flex-wrap gap-x-8 gap-y-2">
        <Figure term={`of ${capacity.toLocaleString('en')} ${plural(capacity, 'seat')} taken`} value={seated} />
        {waiting > 0 && <Figure term="in line" value={waiting} />}
        {ended > 0 && <Figure term="ended" value={ended} />}
      </dl>
      <Sparkline values={recent} label={sparklineText(recent)} />
    </li>
  );
}

function Figure({ term, value }: { term: string; value: number }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-sm text-muted">{term}</dt>
      <dd className="font-heading text-xl font-semibold">{value.toLocaleString('en')}</dd>
    </div>
  );
}

function sparklineText(recent: readonly number[]): string {
  const total = recent.reduce((sum, n) => sum + n, 0);
  return `${total.toLocaleString('en')} registered in the last ${recent.length} days, ${recent.at(-1) ?? 0} of them today`;
}
