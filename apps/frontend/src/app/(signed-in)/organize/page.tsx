import type { Metadata } from 'next';
import { OwnCompetition } from '@/components/competitions/statistics/my-competition';
import { Empty } from '@/components/seats/empty-state';
import { KeepFresh } from '@/components/ui/auto-refresh';
import { ButtonLink } from '@/components/ui/button';
import { More } from '@/components/ui/more';
import { listOwnCompetitions } from '@/lib/api/organizing';
import { serverCall } from '@/lib/api/server';
import { count } from '@/lib/format';
import { address, type RawSearch, said } from '@/lib/page-address';
import { requireReader } from '@/lib/session';

export const metadata: Metadata = { title: 'My competitions' };

const PATH = '/organize';

export default async function Organize({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const after = said(await searchParams, 'after');
  await requireReader(address(PATH, { after }), 'ORGANIZER', 'ADMIN');
  const page = await listOwnCompetitions(serverCall, { cursor: after, limit: 20 });
  const create = (
    <ButtonLink href="/competitions/new" tone="primary">
      Create a competition
    </ButtonLink>
  );
  return (
    <>
      <KeepFresh seconds={20} />
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
          <Empty title="Nothing of yours yet" action={create}>
            Say what it is, how many seats there are and until when one can register. The rest is taken care of.
          </Empty>
        </div>
      ) : (
        <>
          <ul className="mt-8 border-t border-line">
            {page.items.map((competition) => (
              <OwnCompetition key={competition.id} competition={competition} now={new Date().toISOString()} />
            ))}
          </ul>
          <More
            href={page.nextCursor && address(PATH, { after: page.nextCursor })}
            shown={page.items.length}
            total={page.total}
          >
            Older ones
          </More>
        </>
      )}
    </>
  );
}
