import type { CompetitionStats } from '@mini-compete/shared/competitions';
import { LocalTime } from '@/components/ui/local-time';
import { type Column, Table } from '@/components/ui/table';
import { Timeline } from './timeline';

type Step = CompetitionStats['timeline'][number];

/** Totals, a chart, and the data of the chart as a table. */
export function Statistics({ stats }: { stats: CompetitionStats }) {
  const figures: [string, string][] = [
    ['of the seats are taken', `${Math.round(stats.fill * 100)} %`],
    ['have a seat', stats.seated.toLocaleString('en')],
    ['wait in line', stats.waiting.toLocaleString('en')],
    ['moved up from the line', stats.promoted.toLocaleString('en')],
    ['left', stats.left.toLocaleString('en')],
    ['were removed', stats.removed.toLocaleString('en')],
  ];
  const columns: Column<Step>[] = [
    {
      key: 'at',
      head: stats.step === 'hour' ? 'Hour' : 'Day',
      primary: true,
      cell: ({ at }) => <LocalTime iso={at} style={stats.step === 'hour' ? 'short' : 'date'} />,
    },
    { key: 'registered', head: 'Registered', numeric: true, cell: ({ registered }) => registered },
    { key: 'ended', head: 'Left or removed', numeric: true, cell: ({ ended }) => ended },
  ];
  return (
    <>
      <dl className="tabular grid grid-cols-2 gap-x-8 gap-y-6 sm:grid-cols-3 lg:grid-cols-6">
        {figures.map(([term, value]) => (
          <div key={term} className="flex flex-col-reverse justify-end">
            <dt className="text-sm text-muted">{term}</dt>
            <dd className="font-heading text-2xl font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
      <h2 className="mt-12 text-lg">Registrations per {stats.step}</h2>
      {stats.timeline.length === 0 ? (
        <p className="mt-2 text-muted">Nothing has happened yet. The first registration draws the first bar.</p>
      ) : (
        <>
          <Timeline stats={stats} />
          <details className="mt-6">
            <summary className="text-sm font-semibold">The same as a table</summary>
            <div className="mt-4 max-w-2xl">
              <Table
                caption={`Registrations per ${stats.step}`}
                columns={columns}
                rows={stats.timeline}
                keyOf={({ at }) => at}
              />
            </div>
          </details>
        </>
      )}
    </>
  );
}
