import type { MyRegistration } from '@mini-compete/shared/registrations';
import type { EndReason } from '@mini-compete/shared/seats';
import Link from 'next/link';
import { EmptyState } from '@/components/seats/empty-state';
import { LocalTime } from '@/components/ui/local-time';
import { type Column, Table } from '@/components/ui/table';
import { competitionPath } from '@/lib/paths';

const END_REASONS: Record<EndReason, string> = {
  LEFT: 'You left',
  REMOVED: 'The organizer removed you',
  COMPETITION_CANCELLED: 'The competition was cancelled',
};

const COLUMNS: Column<MyRegistration>[] = [
  {
    key: 'competition',
    head: 'Competition',
    primary: true,
    cell: ({ competition }) => (
      <Link href={competitionPath(competition.id)} className="link font-semibold">
        {competition.title}
      </Link>
    ),
  },
  { key: 'why', head: 'What happened', cell: ({ endReason }) => (endReason ? END_REASONS[endReason] : '') },
  { key: 'from', head: 'Registered', cell: ({ registeredAt }) => <LocalTime iso={registeredAt} style="short" /> },
  { key: 'to', head: 'Ended', cell: ({ endedAt }) => endedAt && <LocalTime iso={endedAt} style="short" /> },
];

export function PastRegistrations({ registrations }: { registrations: readonly MyRegistration[] }) {
  if (registrations.length === 0)
    return (
      <EmptyState title="Nothing has ended">Registrations that you leave, or that end otherwise, stay here.</EmptyState>
    );
  return (
    <Table
      caption="Registrations that have ended"
      columns={COLUMNS}
      rows={registrations}
      keyOf={({ registrationId }) => registrationId}
    />
  );
}
