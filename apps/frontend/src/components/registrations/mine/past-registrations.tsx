import type { MyRegistration } from '@mini-compete/shared/registrations';
import Link from 'next/link';
import { useTexts } from '#texts';
import { EmptyState } from '@/components/seats/empty-state';
import { LocalTime } from '@/components/ui/local-time';
import { type Column, Table } from '@/components/ui/table';
import { competitionPath } from '@/lib/paths';

export function PastRegistrations({ registrations }: { registrations: readonly MyRegistration[] }) {
  const t = useTexts('registrations');
  if (registrations.length === 0)
    return <EmptyState title={t('pastList.emptyTitle')}>{t('pastList.emptyText')}</EmptyState>;
  const columns: Column<MyRegistration>[] = [
    {
      key: 'competition',
      head: t('pastList.competition'),
      primary: true,
      cell: ({ competition }) => (
        <Link href={competitionPath(competition.id)} className="link font-semibold">
          {competition.title}
        </Link>
      ),
    },
    {
      key: 'why',
      head: t('pastList.what'),
      cell: ({ endReason }) => (endReason ? t(`pastList.reason.${endReason}`) : ''),
    },
    {
      key: 'from',
      head: t('pastList.from'),
      cell: ({ registeredAt }) => <LocalTime iso={registeredAt} style="short" />,
    },
    {
      key: 'to',
      head: t('pastList.to'),
      cell: ({ endedAt }) => endedAt && <LocalTime iso={endedAt} style="short" />,
    },
  ];
  return (
    <Table
      caption={t('pastList.caption')}
      columns={columns}
      rows={registrations}
      keyOf={({ registrationId }) => registrationId}
    />
  );
}
