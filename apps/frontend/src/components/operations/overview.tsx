import type { JobsOverview, QueueState, ScheduledRun } from '@mini-compete/shared/admin';
import type { ReactNode } from 'react';
import { useFormats, useTexts } from '#texts';
import { LocalTime } from '@/components/ui/local-time';
import { StatusLabel } from '@/components/ui/status-label';
import { type Column, Table } from '@/components/ui/table';

/** Queues, scheduled runs, and totals of the outbox. */
export function Overview({ overview }: { overview: JobsOverview }) {
  const { outbox, failed, unknown, workerSeenAt } = overview;
  const t = useTexts('console');
  const { instant } = useFormats();
  return (
    <div className="flex flex-col gap-12">
      <dl className="tabular grid grid-cols-2 gap-x-8 gap-y-6 lg:grid-cols-5">
        <Figure term={t('overview.unsettled')} value={outbox.unsettled}>
          {outbox.oldestAt && t('overview.oldest', { time: instant(outbox.oldestAt, 'short') })}
        </Figure>
        <Figure term={t('overview.failed')} value={failed} />
        <Figure term={t('overview.unknown')} value={unknown} />
        <Figure term={t('overview.outdated')} value={outbox.outdated} />
        <div className="flex flex-col-reverse justify-end">
          <dt className="text-sm text-muted">{t('overview.workerSeen')}</dt>
          {/* The same height as the numbers beside it. */}
          <dd className="font-heading text-2xl">
            <span className="align-baseline font-text text-base font-semibold whitespace-nowrap">
              {workerSeenAt ? <LocalTime iso={workerSeenAt} style="short" /> : t('overview.never')}
            </span>
          </dd>
        </div>
      </dl>
      <section aria-labelledby="queues">
        <h2 id="queues" className="mb-3 text-lg">
          {t('overview.queues')}
        </h2>
        <Queues queues={overview.queues} />
      </section>
      <section aria-labelledby="runs">
        <h2 id="runs" className="mb-3 text-lg">
          {t('overview.runs')}
        </h2>
        <Runs runs={overview.runs} />
      </section>
    </div>
  );
}

function Queues({ queues }: { queues: readonly QueueState[] }) {
  const t = useTexts('console');
  const { number, instant } = useFormats();
  const count = (key: 'waiting' | 'active' | 'delayed' | 'failed', head: string): Column<QueueState> => ({
    key,
    head,
    numeric: true,
    cell: (queue) => <span className="font-mono">{number(queue[key])}</span>,
  });
  const columns: Column<QueueState>[] = [
    { key: 'name', head: t('overview.queue'), primary: true, cell: ({ name }) => <Code>{name}</Code> },
    {
      key: 'state',
      head: t('overview.state'),
      cell: ({ paused, pausedReason, resumesAt }) =>
        paused ? (
          <span>
            <StatusLabel tone="warning" shape="bar">
              {t('overview.paused')}
            </StatusLabel>
            {pausedReason && (
              <bdi dir="ltr" className="block text-muted">
                {pausedReason}
              </bdi>
            )}
            {resumesAt && (
              <span className="block text-muted" suppressHydrationWarning>
                {t('overview.retries', { time: instant(resumesAt, 'time') })}
              </span>
            )}
          </span>
        ) : (
          <StatusLabel tone="success" shape="disc">
            {t('overview.running')}
          </StatusLabel>
        ),
    },
    count('waiting', t('overview.waiting')),
    count('active', t('overview.active')),
    count('delayed', t('overview.delayed')),
    count('failed', t('overview.failedCount')),
  ];
  return <Table caption={t('overview.queues')} columns={columns} rows={queues} keyOf={({ name }) => name} />;
}

function Runs({ runs }: { runs: readonly ScheduledRun[] }) {
  const t = useTexts('console');
  const columns: Column<ScheduledRun>[] = [
    {
      key: 'name',
      head: t('overview.run'),
      primary: true,
      className: 'sm:whitespace-nowrap',
      cell: ({ name }) => <Code>{name}</Code>,
    },
    {
      key: 'schedule',
      head: t('overview.schedule'),
      cell: ({ schedule }) => (
        <bdi dir="ltr" className="font-mono whitespace-nowrap">
          {schedule}
        </bdi>
      ),
    },
    {
      key: 'last',
      head: t('overview.last'),
      className: 'whitespace-nowrap',
      cell: ({ startedAt }) => (startedAt ? <LocalTime iso={startedAt} style="short" /> : t('overview.never')),
    },
    {
      key: 'outcome',
      head: t('overview.outcome'),
      cell: ({ outcome, startedAt }) => <bdi>{outcome ?? (startedAt ? t('overview.inProgress') : '')}</bdi>,
    },
    {
      key: 'state',
      head: t('overview.state'),
      cell: ({ overdue }) =>
        overdue ? (
          <StatusLabel tone="error" shape="cross">
            {t('overview.overdue')}
          </StatusLabel>
        ) : (
          <StatusLabel tone="success" shape="tick">
            {t('overview.onTime')}
          </StatusLabel>
        ),
    },
  ];
  return <Table caption={t('overview.runsCaption')} columns={columns} rows={runs} keyOf={({ name }) => name} />;
}

const Code = ({ children }: { children: string }) => (
  <bdi dir="ltr" className="font-mono font-semibold">
    {children}
  </bdi>
);

function Figure({ term, value, children }: { term: string; value: number; children?: ReactNode }) {
  const { number } = useFormats();
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="text-sm text-muted" suppressHydrationWarning>
        {term}
        {children && <span className="block">{children}</span>}
      </dt>
      <dd className="font-heading text-2xl font-semibold">{number(value)}</dd>
    </div>
  );
}
