import type { Competition } from '@mini-compete/shared/competitions';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { LocalTime } from '@/components/ui/local-time';

/** When, where, what: read before anything else. */
export function Facts({ competition }: { competition: Competition }) {
  const { startDate, endDate, location, tags } = competition;
  return (
    <dl className="mt-6 grid gap-x-10 gap-y-4 sm:grid-cols-2">
      <Fact term="When">
        {startDate ? (
          <>
            <LocalTime iso={startDate} />
            {endDate && (
              <span className="block text-muted">
                until <LocalTime iso={endDate} />
              </span>
            )}
          </>
        ) : (
          'To be announced'
        )}
      </Fact>
      <Fact term="Where">{location ?? 'To be announced'}</Fact>
      {tags.length > 0 && (
        <Fact term="Tags">
          {tags.map((tag, index) => (
            <span key={tag}>
              {index > 0 && ', '}
              <Link href={`/competitions?tags=${encodeURIComponent(tag)}`} className="link">
                {tag}
              </Link>
            </span>
          ))}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
