import type { Metadata } from 'next';
import { AuditLog } from '@/components/operations/audit-log';
import { ConsoleTabs, JOB_TABS } from '@/components/operations/console-tabs';
import { FailedJobs } from '@/components/operations/failed-jobs';
import { Overview } from '@/components/operations/overview';
import { UnknownMessages } from '@/components/operations/unknown-messages';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { LoadMore } from '@/components/ui/load-more';
import { getJobs, listAudit, listFailedJobs, listUnknownMessages } from '@/lib/api/admin';
import { serverCall } from '@/lib/api/server';
import { publicApiOrigin } from '@/lib/config';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { getChoice, getParam, type SearchParams, withParams } from '@/lib/search-params';
import { requireUser } from '@/lib/session';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTexts('console'))('title') });

const PATH = '/admin/jobs';
const LIMIT = 50;

export default async function Jobs({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const tab = getChoice(params, 'tab', JOB_TABS);
  const after = getParam(params, 'after');
  await requireUser(withParams(PATH, { tab: tab === 'overview' ? null : tab, after }), 'ADMIN');
  const [overview, t] = await Promise.all([getJobs(serverCall), getTexts('console')]);
  const backend = overview.backend === 'redis' ? 'Redis' : 'PostgreSQL';
  const query = { cursor: after, limit: LIMIT };
  return (
    <>
      <AutoRefresh seconds={5} />
      {overview.warnings.length > 0 && (
        <div role="alert" className="mb-8 rounded-md bg-danger px-5 py-4 text-danger-ink">
          <h2 className="text-lg">{t('attention')}</h2>
          <ul className="mt-1 list-disc ps-5">
            {overview.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </div>
      )}
      <h1 className="text-2xl">{t('title')}</h1>
      <p className="mt-2 text-sm text-muted">
        {t(overview.answers ? 'backend' : 'silent', { backend })}
        {overview.backend === 'redis' && overview.answers && (
          <>
            {' '}
            <a href={`${publicApiOrigin}/api/admin/board`} className="underline underline-offset-4">
              {t('board')}
            </a>
          </>
        )}
      </p>
      <div className="mt-6">
        <ConsoleTabs current={tab} counts={{ failed: overview.failed, unknown: overview.unknown }} />
      </div>
      <div className="mt-8">
        {tab === 'overview' && <Overview overview={overview} />}
        <ClientTexts of={['console']}>
          {tab === 'failed' && <Failed {...query} />}
          {tab === 'unknown' && <Unknown {...query} />}
        </ClientTexts>
        {tab === 'audit' && <Audit {...query} />}
      </div>
    </>
  );
}

type PageQuery = { cursor: string; limit: number };
type Page = { nextCursor: string | null; items: readonly unknown[]; total: number | null };

async function Failed(query: PageQuery) {
  const page = await listFailedJobs(serverCall, { ...query, state: 'open' });
  return (
    <>
      <FailedJobs jobs={page.items} total={page.total} />
      <OlderLink tab="failed" page={page} />
    </>
  );
}

async function Unknown(query: PageQuery) {
  const page = await listUnknownMessages(serverCall, query);
  return (
    <>
      <UnknownMessages messages={page.items} />
      <OlderLink tab="unknown" page={page} />
    </>
  );
}

async function Audit(query: PageQuery) {
  const page = await listAudit(serverCall, query);
  return (
    <>
      <AuditLog entries={page.items} />
      <OlderLink tab="audit" page={page} />
    </>
  );
}

function OlderLink({ tab, page: { nextCursor, items, total } }: { tab: string; page: Page }) {
  return (
    <LoadMore href={nextCursor && withParams(PATH, { tab, after: nextCursor })} shown={items.length} total={total} />
  );
}
