import type { InvariantBreach, InvariantStatus } from '@mini-compete/shared/invariants';
import { clsx } from 'clsx';
import Link from 'next/link';
import { useFormats, useTexts } from '#texts';
import { StatusLabel } from '@/components/ui/status-label';

/** A promise about the data, and the rows that break it. `isKnown`: it was checked a moment ago. */
export function InvariantTile({
  status: { name, count, breaches },
  isKnown,
}: {
  status: InvariantStatus;
  isKnown: boolean;
}) {
  const t = useTexts('console');
  const isBroken = count > 0;
  return (
    <li
      className={clsx(
        'rounded-md border px-5 py-4',
        isBroken ? 'col-span-full border-error bg-error-soft' : 'border-line bg-raised',
      )}
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="text-lg">{t(`integrity.names.${name}`)}</h2>
        {isBroken ? (
          <StatusLabel tone="error" shape="cross">
            {t('integrity.state.broken')}
          </StatusLabel>
        ) : isKnown ? (
          <StatusLabel tone="success" shape="tick">
            {t('integrity.state.holds')}
          </StatusLabel>
        ) : (
          <StatusLabel tone="warning" shape="bar">
            {t('integrity.state.unknown')}
          </StatusLabel>
        )}
      </div>
      <p className={clsx('mt-1 text-sm', !isBroken && 'text-muted')}>{t(`integrity.texts.${name}`)}</p>
      {isBroken && (
        <>
          <p className="tabular mt-4 text-sm font-semibold">
            {breaches.length < count
              ? t('integrity.rowsShown', { shown: breaches.length, count })
              : t('integrity.rows', { count })}
          </p>
          <ul className="mt-2 border-t border-line-strong">
            {breaches.map((breach) => (
              <Breach key={JSON.stringify([breach.competition.id, breach.rule, breach.row])} breach={breach} />
            ))}
          </ul>
        </>
      )}
    </li>
  );
}

function Breach({ breach: { competition, case: caseId, rule, row, foundAt } }: { breach: InvariantBreach }) {
  const t = useTexts('console');
  const { instant } = useFormats();
  return (
    <li className="border-b border-line-strong py-3 text-sm last:border-b-0 last:pb-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <Link href={`/competitions/${competition.id}`} className="font-semibold underline underline-offset-4">
          <bdi>{competition.title}</bdi>
        </Link>
        <span className="tabular" suppressHydrationWarning>
          {t('integrity.found', { time: instant(foundAt, 'short') })}
        </span>
      </div>
      <p dir="ltr" lang="en" className="mt-1">
        <span className="font-mono font-semibold">{caseId}</span> {rule}
      </p>
      <dl dir="ltr" className="mt-1 flex flex-wrap gap-x-4 font-mono text-xs">
        {Object.entries({ competition_id: competition.id, ...row }).map(([column, value]) => (
          <div key={column} className="flex min-w-0 flex-wrap gap-x-1">
            <dt className="shrink-0">{column}</dt>
            <dd className="font-semibold break-all">{String(value)}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
