import type { CompetitionPage } from '@mini-compete/shared/competitions';
import type { Metadata } from 'next';
import Link from 'next/link';
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
import { count } from '@/lib/format';
import type { SearchParams } from '@/lib/search-params';
import { getCurrentUser } from '@/lib/session';

type Props = { searchParams: Promise<SearchParams> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { search } = parseListQuery(await searchParams);
  return {
    title: search ? `“${search}”` : 'Competitions',
    description: 'All competitions: search by word, tag and state.',
  };
}

export default async function Competitions({ searchParams }: Props) {
  const listQuery = parseListQuery(await searchParams);
  const { search, tags, status, sort, show, after } = listQuery;
  const [user, page] = await Promise.all([
    getCurrentUser(),
    listCompetitions(serverCall, { search, tags, status, sort, limit: show, cursor: after }),
  ]);
  const canCreate = user?.role === 'ORGANIZER' || user?.role === 'ADMIN';
  return (
    <ListNavigation>
      <div className="flex flex-col gap-6">
        <div className="flex flex-wrap items-center justify-between gap-4">
          <h1 className="text-2xl">Competitions</h1>
          {canCreate && <ButtonLink href="/competitions/new">Create a competition</ButtonLink>}
        </div>
        <div className="no-print flex flex-col gap-5">
          <ListSearch listQuery={listQuery} />
          <ListFilters listQuery={listQuery} tags={suggestedTags(page, listQuery)} />
        </div>
        <Results>
          <p role="status" className="tabular mb-8 text-sm text-muted">
            {resultText(page, listQuery)}
          </p>
          {page.items.length === 0 ? (
            <NoResults listQuery={listQuery} />
          ) : (
            <>
              <CompetitionGrid competitions={page.items} now={new Date().toISOString()} headingLevel="h2" />
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

function resultText({ total }: CompetitionPage, { search, tags, status }: ListQuery): string {
  const amount = total === null ? 'More than 10,000 competitions' : count(total, 'competition');
  const parts = [
    search && `for “${search}”`,
    tags.length > 0 && `with ${tags.join(' and ')}`,
    status !== 'all' && `, ${status}`,
  ];
  return parts
    .filter(Boolean)
    .reduce<string>((text, part) => (`${part}`.startsWith(',') ? `${text}${part}` : `${text} ${part}`), amount);
}

function NextPage({ page, listQuery }: { page: CompetitionPage; listQuery: ListQuery }) {
  const { show, after } = listQuery;
  const longerPage = show < MAX_SHOWN ? listPath(listQuery, { show: show + PAGE_SIZE, after }) : null;
  const href =
    page.nextCursor === null ? null : (longerPage ?? listPath(listQuery, { show: MAX_SHOWN, after: page.nextCursor }));
  return (
    <>
      <LoadMore href={href} shown={page.items.length} total={page.total}>
        {longerPage ? `Show ${PAGE_SIZE} more` : 'Continue after these'}
      </LoadMore>
      {after && (
        <Link href={listPath(listQuery)} className="link mt-4 inline-block text-sm">
          Back to the first ones
        </Link>
      )}
    </>
  );
}

function NoResults({ listQuery }: { listQuery: ListQuery }) {
  const { search, tags, status } = listQuery;
  if (!search && tags.length === 0 && status === 'all')
    return <EmptyState title="No competition yet">As soon as an organizer announces one, it stands here.</EmptyState>;
  return (
    <EmptyState
      title="Nothing fits all of that"
      action={
        <>
          {status !== 'all' && (
            <ButtonLink href={listPath(listQuery, { status: 'all' })}>Look in every state</ButtonLink>
          )}
          {tags.length > 0 && <ButtonLink href={listPath(listQuery, { tags: [] })}>Without tags</ButtonLink>}
          {search && <ButtonLink href={listPath(listQuery, { search: '' })}>Without “{search}”</ButtonLink>}
        </>
      }
    >
      {search
        ? 'Try fewer or shorter words: the beginning of a word is enough, and small slips are forgiven.'
        : 'Take one of the filters away.'}
    </EmptyState>
  );
}
