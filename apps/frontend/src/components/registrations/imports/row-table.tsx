import type { ImportOutcome, ImportRow, ImportVerdict } from '@mini-compete/shared/imports';
import { useTexts } from '#texts';
import { StatusLabel, type StatusShape, type StatusTone } from '@/components/ui/status-label';

const VERDICTS: Record<ImportVerdict, { tone: StatusTone; shape: StatusShape }> = {
  NEW: { tone: 'accent', shape: 'disc' },
  ALREADY_ACTIVE: { tone: 'neutral', shape: 'bar' },
  DUPLICATE_IN_FILE: { tone: 'warning', shape: 'half' },
  INVALID: { tone: 'error', shape: 'cross' },
};

const OUTCOMES: Record<ImportOutcome, { tone: StatusTone; shape: StatusShape }> = {
  SEATED: { tone: 'success', shape: 'tick' },
  INVITED: { tone: 'accent', shape: 'ring' },
  SKIPPED: { tone: 'neutral', shape: 'bar' },
  ENDED: { tone: 'neutral', shape: 'cross' },
};

/** One line per row, two on phones. */
export function RowTable({ rows }: { rows: readonly ImportRow[] }) {
  const t = useTexts('imports');
  const head = 'py-2 pe-4 text-start font-semibold text-muted';
  return (
    <table className="mt-4 w-full table-fixed border-collapse text-sm">
      <caption className="sr-only">{t('caption')}</caption>
      <thead className="max-sm:sr-only">
        <tr className="border-b border-line-strong">
          <th scope="col" className={`${head} w-16`}>
            {t('row')}
          </th>
          <th scope="col" className={head}>
            {t('email')}
          </th>
          <th scope="col" className={head}>
            {t('name')}
          </th>
          <th scope="col" className={head}>
            {t('result')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.row} {...row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, email, name, verdict, reason, outcome }: ImportRow) {
  const t = useTexts('imports');
  return (
    <tr className="border-b border-line align-baseline max-sm:grid max-sm:grid-cols-[3rem_minmax(0,1fr)] max-sm:py-2">
      <td className="tabular py-2 pe-4 text-muted max-sm:row-span-3 max-sm:py-0">{row}</td>
      <th scope="row" className="py-2 pe-4 text-start font-semibold wrap-anywhere max-sm:py-0">
        <bdi dir="ltr">{email}</bdi>
      </th>
      <td className="py-2 pe-4 wrap-anywhere max-sm:col-start-2 max-sm:py-0">
        <bdi>{name}</bdi>
      </td>
      <td className="py-2 max-sm:col-start-2 max-sm:py-0">
        <span className="flex flex-wrap items-baseline gap-x-2">
          {outcome === null ? (
            <StatusLabel {...VERDICTS[verdict]}>{t(`verdictOf.${verdict}`)}</StatusLabel>
          ) : (
            <StatusLabel {...OUTCOMES[outcome]}>{t(`outcome.${outcome}`)}</StatusLabel>
          )}
          {reason !== null && <span className="text-muted">{t(`reason.${reason}`)}</span>}
        </span>
      </td>
    </tr>
  );
}
