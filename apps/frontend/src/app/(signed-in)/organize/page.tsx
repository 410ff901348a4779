import type { Metadata } from 'next';
import { MyCompetitionCard } from '@/components/competitions/statistics/my-competition-card';
import { EmptyState } from '@/components/seats/empty-state';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { ButtonLink } from '@/components/ui/button';
import { LoadMore } from '@/components/ui/load-more';
import { listMyCompetitions } from '@/lib/api/competitions';
import { serverCall } from '@/lib/api/server';
import { count } from '@/lib/format';
import { getParam, type SearchParams, withParams } from '@/lib/search-params';
import { requireUser } from '@/lib/session';

export const metadata: Metadata = { title: 'My competitions' };

const PATH = '/organize';

export default async function Organize({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const after = getParam(await searchParams, 'after');
  await requireUser(withParams(PATH, { after }), 'ORGANIZER', 'ADMIN');
  const page = await listMyCompetitions(serverCall, { cursor: after, limit: 20 });
  const create = (
    <ButtonLink href="/competitions/new" tone="primary">
      Create a competition
    </ButtonLink>
  );
  return (
    <>
      <AutoRefresh seconds={20} />
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-2xl">My competitions</h1>
          {page.total !== 0 && (
            <p className="tabular mt-2 text-sm text-muted">
              {page.total === null ? 'More than 10,000 competitions' : count(page.total, 'competition')}, newest first
            </p>
          )}
        </div>
        {page.items.length > 0 && create}
      </div>
      {page.items.length === 0 ? (
        <div className="mt-8">
          <EmptyState title="Nothing of yours yet" action={create}>
            Say what it is, how many seats there are and until when one can register. The rest is taken care of.
          </EmptyState>
        </div>
      ) : (
        <>
          <ul className="mt-8 border-t border-line">
            {page.items.map((competition) => (
              <MyCompetitionCard key={competition.id} competition={competition} now={new Date().toISOString()} />
            ))}
          </ul>
          <LoadMore
            href={page.nextCursor && withParams(PATH, { after: page.nextCursor })}
            shown={page.items.length}
            total={page.total}
          >
            Older ones
          </LoadMore>
        </>
      )}
    </>
  );
}
