import type { JobsOverview, QueueState, ScheduledRun } from '@mini-compete/shared/admin';
import type { ReactNode } from 'react';
import { LocalTime } from '@/components/ui/local-time';
import { StatusLabel } from '@/components/ui/status-label';
import { type Column, Table } from '@/components/ui/table';

const number = (of: (queue: QueueState) => number) => (queue: QueueState) => (
  <span className="font-mono">{of(queue).toLocaleString('en')}</span>
);

const QUEUES: Column<QueueState>[] = [
  {
    key: 'name',
    head: 'Queue',
    primary: true,
    cell: ({ name }) => <span className="font-mono font-semibold">{name}</span>,
  },
  {
    key: 'state',
    head: 'State',
    cell: ({ paused, pausedReason, resumesAt }) =>
      paused ? (
        <span>
          <StatusLabel tone="warning" shape="bar">
            Rests
          </StatusLabel>
          {pausedReason && <span className="block text-muted">{pausedReason}</span>}
          {resumesAt && (
            <span className="block text-muted">
              tries again <LocalTime iso={resumesAt} style="time" />
            </span>
          )}
        </span>
      ) : (
        <StatusLabel tone="success" shape="disc">
          Runs
        </StatusLabel>
      ),
  },
  { key: 'waiting', head: 'Waiting', numeric: true, cell: number(({ waiting }) => waiting) },
  { key: 'active', head: 'At work', numeric: true, cell: number(({ active }) => active) },
  { key: 'delayed', head: 'To be retried', numeric: true, cell: number(({ delayed }) => delayed) },
  { key: 'failed', head: 'Failed', numeric: true, cell: number(({ failed }) => failed) },
];

const RUNS: Column<ScheduledRun>[] = [
  {
    key: 'name',
    head: 'Run',
    primary: true,
    cell: ({ name }) => <span className="font-mono font-semibold">{name}</span>,
  },
  { key: 'schedule', head: 'Schedule (UTC)', cell: ({ schedule }) => <span className="font-mono">{schedule}</span> },
  {
    key: 'last',
    head: 'Last one',
    cell: ({ startedAt }) => (startedAt ? <LocalTime iso={startedAt} style="short" /> : 'never'),
  },
  { key: 'outcome', head: 'Outcome', cell: ({ outcome, startedAt }) => outcome ?? (startedAt ? 'at work' : '') },
  {
    key: 'state',
    head: 'State',
    cell: ({ overdue }) =>
      overdue ? (
        <StatusLabel tone="error" shape="cross">
          Overdue
        </StatusLabel>
      ) : (
        <StatusLabel tone="success" shape="tick">
          On time
        </StatusLabel>
      ),
  },
];

/** Queues, scheduled runs, and totals of the outbox. */
export function Overview({ overview }: { overview: JobsOverview }) {
  const { outbox, failed, unknown, workerSeenAt } = overview;
  return (
    <div className="flex flex-col gap-12">
      <dl className="tabular grid grid-cols-2 gap-x-8 gap-y-6 lg:grid-cols-4">
        <Figure term="still to be done" value={outbox.unsettled}>
          {outbox.oldestAt && (
            <>
              the oldest from <LocalTime iso={outbox.oldestAt} style="short" />
            </>
          )}
        </Figure>
        <Figure term="failed, to be decided" value={failed} />
        <Figure term="perhaps sent, to be settled" value={unknown} />
        <div className="flex flex-col-reverse justify-end">
          <dt className="text-sm text-muted">a worker was last seen</dt>
          {/* The same height as the numbers beside it. */}
          <dd className="font-heading text-2xl">
            <span className="align-baseline font-sans text-base font-semibold">
              {workerSeenAt ? <LocalTime iso={workerSeenAt} style="short" /> : 'never'}
            </span>
          </dd>
        </div>
      </dl>
      <section aria-labelledby="queues">
        <h2 id="queues" className="mb-3 text-lg">
          Queues
        </h2>
        <Table caption="Queues" columns={QUEUES} rows={overview.queues} keyOf={({ name }) => name} />
      </section>
      <section aria-labelledby="runs">
        <h2 id="runs" className="mb-3 text-lg">
          Scheduled runs
        </h2>
        <Table caption="The last run of each" columns={RUNS} rows={overview.runs} keyOf={({ name }) => name} />
      </section>
    </div>
  );
}

function Figure({ term, value, children }: { term: string; value: number; children?: ReactNode }) {
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="text-sm text-muted">
        {term}
        {children && <span className="block">{children}</span>}
      </dt>
      <dd className="font-heading text-2xl font-semibold">{value.toLocaleString('en')}</dd>
    </div>
  );
}
