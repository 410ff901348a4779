import type { InvariantReport } from '@mini-compete/shared/invariants';
import { useFormats, useTexts } from '#texts';
import { InvariantTile } from './invariant-tile';

/** Whether the data is as promised: a tile for each promise, broken ones first. */
export function Integrity({ report }: { report: InvariantReport }) {
  const { checkedAt, completedAt, competitions, registrations, stale } = report;
  const t = useTexts('console');
  const { instant } = useFormats();
  const broken = report.invariants.filter(({ count }) => count > 0);
  const others = report.invariants.filter(({ count }) => count === 0);
  return (
    <>
      {broken.length > 0 && (
        <Alert title={t('integrity.broken', { count: broken.length })}>{t('integrity.brokenText')}</Alert>
      )}
      {checkedAt !== null && stale && (
        <div role="alert" className="mb-8 rounded-md bg-warning-soft px-5 py-4">
          <h2 className="text-lg text-warning">{t('integrity.staleTitle')}</h2>
          <p className="mt-1">{t('integrity.staleText')}</p>
        </div>
      )}
      <p className="tabular mb-6 text-sm text-muted" suppressHydrationWarning>
        {checkedAt === null ? (
          t('integrity.never')
        ) : (
          <>
            <span className="font-semibold text-ink">
              {t('integrity.checked', { time: instant(checkedAt, 'short') })}
            </span>
            {' · '}
            {t('integrity.scope', { competitions, registrations })}
            {completedAt && ` · ${t('integrity.completed', { time: instant(completedAt, 'short') })}`}
          </>
        )}
      </p>
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {[...broken, ...others].map((status) => (
          <InvariantTile key={status.name} status={status} isKnown={!stale} />
        ))}
      </ul>
    </>
  );
}

const Alert = ({ title, children }: { title: string; children: string }) => (
  <div role="alert" className="mb-8 rounded-md bg-danger px-5 py-4 text-danger-ink">
    <h2 className="text-lg">{title}</h2>
    <p className="mt-1">{children}</p>
  </div>
);
