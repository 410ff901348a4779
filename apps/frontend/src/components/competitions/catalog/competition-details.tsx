import type { Competition } from '@mini-compete/shared/competitions';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useFormats, useTexts } from '#texts';
import { LocalEnd, LocalTime } from '@/components/ui/local-time';

export function CompetitionDetails({ competition }: { competition: Competition }) {
  const t = useTexts('catalog');
  const { teamSize } = useFormats();
  const { startDate, endDate, location, tags, teamMin, teamMax } = competition;
  return (
    <dl className="mt-6 grid gap-x-10 gap-y-4 sm:grid-cols-2">
      <Detail term={t('page.when')}>
        {startDate ? (
          <>
            <LocalTime iso={startDate} />
            {endDate && (
              <span className="block text-muted">
                {t.rich('page.until', { end: endDate, time: () => <LocalEnd start={startDate} iso={endDate} /> })}
              </span>
            )}
          </>
        ) : (
          t('page.toBeAnnounced')
        )}
      </Detail>
      <Detail term={t('page.where')}>{location ?? t('page.toBeAnnounced')}</Detail>
      {typeof teamMax === 'number' && <Detail term={t('page.who')}>{teamSize(teamMin ?? 1, teamMax)}</Detail>}
      {tags.length > 0 && (
        <Detail term={t('page.tags')}>
          {tags.map((tag, index) => (
            <span key={tag}>
              {index > 0 && ', '}
              <Link href={`/competitions?tags=${encodeURIComponent(tag)}`} className="link">
                {tag}
              </Link>
            </span>
          ))}
        </Detail>
      )}
    </dl>
  );
}

function Detail({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
