import type { Metadata } from 'next';
import { AuditTrail } from '@/components/operations/audit-log';
import { FailedJobs } from '@/components/operations/failed-jobs';
import { Overview } from '@/components/operations/overview';
import { UnknownMessages } from '@/components/operations/unknown-messages';
import { KeepFresh } from '@/components/ui/auto-refresh';
import { More } from '@/components/ui/more';
import { TabNav } from '@/components/ui/tab-nav';
import { getJobs, listAudit, listFailedJobs, listUnknownMessages } from '@/lib/api/admin';
import { serverCall } from '@/lib/api/server';
import { address, choice, type RawSearch, said } from '@/lib/page-address';
import { requireReader } from '@/lib/session';

export const metadata: Metadata = { title: 'Jobs' };

const PATH = '/admin/jobs';
const LIMIT = 50;

export default async function Jobs({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const raw = await searchParams;
  const tab = choice(raw, 'tab', ['overview', 'failed', 'unknown', 'audit']);
  const after = said(raw, 'after');
  await requireReader(address(PATH, { tab: tab === 'overview' ? null : tab, after }), 'ADMIN');
  const overview = await getJobs(serverCall);
  const page = { cursor: after, limit: LIMIT };
  const to = (name: string) => address(PATH, { tab: name });
  return (
    <>
      <KeepFresh seconds={5} />
      {overview.warnings.length > 0 && (
        <div role="alert" className="mb-8 rounded-md bg-danger px-5 py-4 text-danger-ink">
          <h2 className="text-lg">Something stands still</h2>
          <ul className="mt-1 list-disc ps-5">
            {overview.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </div>
      )}
      <h1 className="text-2xl">Jobs</h1>
      <p className="mt-2 text-sm text-muted">
        The queue is on {overview.backend === 'redis' ? 'Redis' : 'PostgreSQL'}
        {overview.answers ? '.' : ', and does not answer just now: nothing is lost, its numbers are unknown.'}
        {overview.backend === 'redis' && overview.answers && (
          <>
            {' '}
            <a href="/api/admin/board" className="underline underline-offset-4">
              Look inside it with Bull Board
            </a>
          </>
        )}
      </p>
      <div className="mt-6">
        <TabNav
          label="Jobs"
          tabs={[
            { href: PATH, label: 'Overview', current: tab === 'overview' },
            { href: to('failed'), label: 'Failed', count: overview.failed, current: tab === 'failed' },
            { href: to('unknown'), label: 'Perhaps sent', count: overview.unknown, current: tab === 'unknown' },
            { href: to('audit'), label: 'Who did what', current: tab === 'audit' },
          ]}
        />
      </div>
      <div className="mt-8">
        {tab === 'overview' && <Overview overview={overview} />}
        {tab === 'failed' && <Failed {...page} />}
        {tab === 'unknown' && <Unknown {...page} />}
        {tab === 'audit' && <Audit {...page} />}
      </div>
    </>
  );
}

type PageOf = { cursor: string; limit: number };
type Found = { nextCursor: string | null; items: readonly unknown[]; total: number | null };

async function Failed(page: PageOf) {
  const found = await listFailedJobs(serverCall, { ...page, state: 'open' });
  return (
    <>
      <FailedJobs jobs={found.items} total={found.total} />
      <Rest tab="failed" found={found} />
    </>
  );
}

async function Unknown(page: PageOf) {
  const found = await listUnknownMessages(serverCall, page);
  return (
    <>
      <UnknownMessages messages={found.items} />
      <Rest tab="unknown" found={found} />
    </>
  );
}

async function Audit(page: PageOf) {
  const found = await listAudit(serverCall, page);
  return (
    <>
      <AuditTrail entries={found.items} />
      <Rest tab="audit" found={found} />
    </>
  );
}

function Rest({ tab, found: { nextCursor, items, total } }: { tab: string; found: Found }) {
  return (
    <More href={nextCursor && address(PATH, { tab, after: nextCursor })} shown={items.length} total={total}>
      Older ones
    </More>
  );
}
