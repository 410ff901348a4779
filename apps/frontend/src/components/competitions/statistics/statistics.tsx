import type { CompetitionStats } from '@mini-compete/shared/competitions';
import { useFormats, useTexts } from '#texts';
import { LocalTime } from '@/components/ui/local-time';
import { type Column, Table } from '@/components/ui/table';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { Timeline } from './timeline';

type Step = CompetitionStats['timeline'][number];

/** Totals, a chart, and the data of the chart as a table. */
export function Statistics({ stats }: { stats: CompetitionStats }) {
  const t = useTexts('statistics');
  const { number, percent } = useFormats();
  const isHourly = stats.step === 'hour';
  // Competitions without applications and confirmations have nothing to count there.
  const optional = (term: string, count = 0): [string, string][] => (count > 0 ? [[term, number(count)]] : []);
  const figures: [string, string][] = [
    [t('fill'), percent(stats.fill)],
    [t('seated'), number(stats.seated)],
    ...optional(t('held'), stats.held),
    [t('waiting'), number(stats.waiting)],
    ...optional(t('applied'), stats.applied),
    [t('promoted'), number(stats.promoted)],
    [t('left'), number(stats.left)],
    [t('removed'), number(stats.removed)],
    ...optional(t('rejected'), stats.rejected),
    ...optional(t('expired'), stats.expired),
  ];
  const columns: Column<Step>[] = [
    {
      key: 'at',
      head: isHourly ? t('hour') : t('day'),
      primary: true,
      cell: ({ at }) => <LocalTime iso={at} style={isHourly ? 'short' : 'date'} />,
    },
    { key: 'registered', head: t('registered'), numeric: true, cell: ({ registered }) => number(registered) },
    { key: 'ended', head: t('ended'), numeric: true, cell: ({ ended }) => number(ended) },
  ];
  const title = isHourly ? t('perHour') : t('perDay');
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
      <h2 className="mt-12 text-lg">{title}</h2>
      {stats.timeline.length === 0 ? (
        <p className="mt-2 text-muted">{t('empty')}</p>
      ) : (
        <>
          <Summary timeline={stats.timeline} isHourly={isHourly} />
          <ClientTexts of={['statistics']}>
            <Timeline timeline={stats.timeline} step={stats.step} />
          </ClientTexts>
          <details className="mt-6">
            <summary className="text-sm font-semibold">{t('table')}</summary>
            <div className="mt-4 max-w-2xl">
              <Table caption={title} columns={columns} rows={stats.timeline} keyOf={({ at }) => at} />
            </div>
          </details>
        </>
      )}
    </>
  );
}

/** What the chart shows at a glance. */
function Summary({ timeline, isHourly }: { timeline: readonly Step[]; isHourly: boolean }) {
  const t = useTexts('statistics');
  const { instant } = useFormats();
  const at = (step: Step | undefined) => (step ? instant(step.at, isHourly ? 'short' : 'day') : '');
  const count = timeline.reduce((sum, { registered }) => sum + registered, 0);
  return (
    <p className="mt-2 text-sm text-muted">
      {timeline.length === 1
        ? t('summaryOfOne', { count, at: at(timeline[0]) })
        : t('summary', {
            count,
            from: at(timeline[0]),
            to: at(timeline.at(-1)),
            peak: Math.max(...timeline.map(({ registered }) => registered)),
          })}
    </p>
  );
}
