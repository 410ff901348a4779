import type { AuditEntry } from '@mini-compete/shared/admin';
import { EmptyState } from '@/components/seats/empty-state';
import { LocalTime } from '@/components/ui/local-time';
import { type Column, Table } from '@/components/ui/table';

const COLUMNS: Column<AuditEntry>[] = [
  { key: 'at', head: 'When', cell: ({ at }) => <LocalTime iso={at} style="short" /> },
  {
    key: 'actor',
    head: 'Who',
    primary: true,
    cell: ({ actor }) => actor ?? <span className="text-muted">the system</span>,
  },
  { key: 'action', head: 'What', cell: ({ action }) => <span className="font-mono">{action}</span> },
  {
    key: 'details',
    head: 'About',
    cell: ({ subject, details }) => (
      <span className="min-w-0 font-mono text-xs text-muted">
        {subject}
        <span className="block">{JSON.stringify(details)}</span>
      </span>
    ),
  },
];

export function AuditLog({ entries }: { entries: readonly AuditEntry[] }) {
  if (entries.length === 0)
    return <EmptyState title="Nothing yet">What people decide here is written down, and stays.</EmptyState>;
  return <Table caption="Who did what" columns={COLUMNS} rows={entries} keyOf={({ id }) => id} />;
}
