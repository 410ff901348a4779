import type { AuditEntry } from '@mini-compete/shared/admin';
import { useTexts } from '#texts';
import { EmptyState } from '@/components/seats/empty-state';
import { LocalTime } from '@/components/ui/local-time';
import { type Column, Table } from '@/components/ui/table';

export function AuditLog({ entries }: { entries: readonly AuditEntry[] }) {
  const t = useTexts('console');
  if (entries.length === 0) return <EmptyState title={t('audit.emptyTitle')}>{t('audit.emptyText')}</EmptyState>;
  const columns: Column<AuditEntry>[] = [
    {
      key: 'at',
      head: t('audit.when'),
      className: 'whitespace-nowrap',
      cell: ({ at }) => <LocalTime iso={at} style="short" />,
    },
    {
      key: 'actor',
      head: t('audit.who'),
      primary: true,
      // An address stays in one piece unless it is very long: the details can be broken anywhere.
      cell: ({ actor }) =>
        actor ? (
          <bdi className="wrap-break-word sm:inline-block sm:max-w-80">{actor}</bdi>
        ) : (
          <span className="text-muted">{t('audit.system')}</span>
        ),
    },
    {
      key: 'action',
      head: t('audit.what'),
      className: 'whitespace-nowrap',
      cell: ({ action }) => (
        <bdi dir="ltr" className="font-mono">
          {action}
        </bdi>
      ),
    },
    {
      key: 'details',
      head: t('audit.about'),
      cell: ({ subject, details }) => (
        <span className="min-w-0 font-mono text-xs text-muted">
          <bdi dir="ltr" className="block text-match-parent">
            {subject}
          </bdi>
          {JSON.stringify(details) !== '{}' && (
            <bdi dir="ltr" className="block text-match-parent">
              {JSON.stringify(details)}
            </bdi>
          )}
        </span>
      ),
    },
  ];
  return <Table caption={t('audit.caption')} columns={columns} rows={entries} keyOf={({ id }) => id} />;
}
