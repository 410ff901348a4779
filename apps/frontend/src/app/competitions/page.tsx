import type { CompetitionPage } from '@mini-compete/shared/competitions';
import type { Metadata } from 'next';
import Link from 'next/link';
import { useTexts } from '#texts';
import { CompetitionGrid } from '@/components/competitions/catalog/competition-grid';
import { ListFilters } from '@/components/competitions/catalog/list-filters';
import {
  type ListQuery,
  listPath,
  MAX_SHOWN,
  PAGE_SIZE,
  parseListQuery,
} from '@/components/competitions/catalog/list-query';
import { ListNavigation, ListSearch, Results } from '@/components/competitions/catalog/list-search';
import { EmptyState } from '@/components/seats/empty-state';
import { ButtonLink } from '@/components/ui/button';
import { LoadMore } from '@/components/ui/load-more';
import { listCompetitions } from '@/lib/api/competitions';
import { serverCall } from '@/lib/api/server';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import type { SearchParams } from '@/lib/search-params';
import { getCurrentUser } from '@/lib/session';

type Props = { searchParams: Promise<SearchParams> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { search } = parseListQuery(await searchParams);
  const t = await getTexts('catalog');
  return {
    title: search ? t('list.searchTitle', { search }) : t('list.title'),
    description: t('list.description'),
  };
}

export default async function Competitions({ searchParams }: Props) {
  const listQuery = parseListQuery(await searchParams);
  const { search, tags, status, sort, show, after } = listQuery;
  const [t, user, page] = await Promise.all([
    getTexts('catalog'),
    getCurrentUser(),
    listCompetitions(serverCall, { search, tags, status, sort, limit: show, cursor: after }),
  ]);
  const canCreate = user?.role === 'ORGANIZER' || user?.role === 'ADMIN';
  return (
    <ListNavigation>
      <div className="flex flex-col gap-6">
        <div className="flex flex-wrap items-center justify-between gap-4">
          <h1 className="text-2xl">{t('list.title')}</h1>
          {canCreate && <ButtonLink href="/competitions/new">{t('list.create')}</ButtonLink>}
        </div>
        <div className="no-print flex flex-col gap-5">
          <ClientTexts of={['catalog']}>
            <ListSearch listQuery={listQuery} />
            <ListFilters listQuery={listQuery} tags={suggestedTags(page, listQuery)} />
          </ClientTexts>
        </div>
        <Results>
          <p role="status" className="tabular mb-8 text-sm text-muted">
            {page.total === null ? t('list.resultsMany') : t('list.results', { count: page.total })}
          </p>
          {page.items.length === 0 ? (
            <NoResults listQuery={listQuery} />
          ) : (
            <>
              <CompetitionGrid competitions={page.items} now={new Date().toISOString()} headingLevel="h2" startsPage />
              <NextPage page={page} listQuery={listQuery} />
            </>
          )}
        </Results>
      </div>
    </ListNavigation>
  );
}

/** Selected tags first, so that they can be removed; then the most frequent tags of the shown competitions. */
function suggestedTags(page: CompetitionPage, { tags }: ListQuery): string[] {
  const frequency = new Map<string, number>();
  for (const { tags } of page.items) for (const tag of tags) frequency.set(tag, (frequency.get(tag) ?? 0) + 1);
  const frequent = [...frequency].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([tag]) => tag);
  return [...new Set([...tags, ...frequent])].slice(0, Math.max(12, tags.length));
}

function NextPage({ page, listQuery }: { page: CompetitionPage; listQuery: ListQuery }) {
  const { show, after } = listQuery;
  const t = useTexts('catalog');
  const longerPage = show < MAX_SHOWN ? listPath(listQuery, { show: show + PAGE_SIZE, after }) : null;
  const href =
    page.nextCursor === null ? null : (longerPage ?? listPath(listQuery, { show: MAX_SHOWN, after: page.nextCursor }));
  return (
    <>
      <LoadMore href={href} shown={page.items.length} total={page.total} />
      {after && (
        <Link href={listPath(listQuery)} className="link mt-4 inline-block text-sm">
          {t('list.first')}
        </Link>
      )}
    </>
  );
}

function NoResults({ listQuery }: { listQuery: ListQuery }) {
  const t = useTexts('catalog');
  const { search, tags, status } = listQuery;
  if (!search && tags.length === 0 && status === 'all')
    return <EmptyState title={t('list.emptyTitle')}>{t('list.emptyText')}</EmptyState>;
  return (
    <EmptyState
      title={t('list.noMatchesTitle')}
      action={
        <>
          {status !== 'all' && (
            <ButtonLink href={listPath(listQuery, { status: 'all' })}>{t('list.everyStatus')}</ButtonLink>
          )}
          {tags.length > 0 && <ButtonLink href={listPath(listQuery, { tags: [] })}>{t('list.withoutTags')}</ButtonLink>}
          {search && (
            <ButtonLink href={listPath(listQuery, { search: '' })}>{t('list.withoutSearch', { search })}</ButtonLink>
          )}
        </>
      }
    >
      {t(search ? 'list.noMatchesSearch' : 'list.noMatchesFilter')}
    </EmptyState>
  );
}
