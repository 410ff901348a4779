import type { CompetitionPage } from '@mini-compete/shared/competitions';
import type { Metadata } from 'next';
import Link from 'next/link';
import { CompetitionGrid } from '@/components/competitions/catalog/competition-grid';
import { ListFilters } from '@/components/competitions/catalog/list-filters';
import { ListNavigation, ListSearch, Results } from '@/components/competitions/catalog/list-search';
import {
  addressOf,
  type ListAddress,
  PAGE,
  PAGE_MAX,
  readAddress,
} from '@/components/competitions/catalog/search-params';
import { Empty } from '@/components/seats/empty-state';
import { ButtonLink } from '@/components/ui/button';
import { More } from '@/components/ui/more';
import { listCompetitions } from '@/lib/api/competitions';
import { serverCall } from '@/lib/api/server';
import { count } from '@/lib/format';
import { getReader } from '@/lib/session';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { search } = readAddress(await searchParams);
  return {
    title: search ? `“${search}”` : 'Competitions',
    description: 'All competitions: search by word, tag and state.',
  };
}

export default async function Competitions({ searchParams }: Props) {
  const address = readAddress(await searchParams);
  const { search, tags, status, sort, show, after } = address;
  const [reader, page] = await Promise.all([
    getReader(),
    listCompetitions(serverCall, { search, tags, status, sort, limit: show, cursor: after }),
  ]);
  const organizes = reader?.role === 'ORGANIZER' || reader?.role === 'ADMIN';
  return (
    <ListNavigation>
      <div className="flex flex-col gap-6">
        <div className="flex flex-wrap items-center justify-between gap-4">
          <h1 className="text-2xl">Competitions</h1>
          {organizes && <ButtonLink href="/competitions/new">Create a competition</ButtonLink>}
        </div>
        <div className="no-print flex flex-col gap-5">
          <ListSearch address={address} />
          <ListFilters address={address} tags={tagsToOffer(page, address)} />
        </div>
        <Results>
          <p role="status" className="tabular mb-8 text-sm text-muted">
            {foundText(page, address)}
          </p>
          {page.items.length === 0 ? (
            <NothingFound address={address} />
          ) : (
            <>
              <CompetitionGrid competitions={page.items} now={new Date().toISOString()} headingLevel="h2" />
              <Further page={page} address={address} />
            </>
          )}
        </Results>
      </div>
    </ListNavigation>
  );
}

/** Chosen tags first, so that they can be taken away; then the most frequent of what is shown. */
function tagsToOffer(page: CompetitionPage, { tags }: ListAddress): string[] {
  const frequency = new Map<string, number>();
  for (const { tags } of page.items) for (const tag of tags) frequency.set(tag, (frequency.get(tag) ?? 0) + 1);
  const frequent = [...frequency].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([tag]) => tag);
  return [...new Set([...tags, ...frequent])].slice(0, Math.max(12, tags.length));
}

function foundText({ total }: CompetitionPage, { search, tags, status }: ListAddress): string {
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

function Further({ page, address }: { page: CompetitionPage; address: ListAddress }) {
  const { show, after } = address;
  const longer = show < PAGE_MAX ? addressOf(address, { show: show + PAGE, after }) : null;
  const href =
    page.nextCursor === null ? null : (longer ?? addressOf(address, { show: PAGE_MAX, after: page.nextCursor }));
  return (
    <>
      <More href={href} shown={page.items.length} total={page.total}>
        {longer ? `Show ${PAGE} more` : 'Continue after these'}
      </More>
      {after && (
        <Link href={addressOf(address)} className="link mt-4 inline-block text-sm">
          Back to the first ones
        </Link>
      )}
    </>
  );
}

function NothingFound({ address }: { address: ListAddress }) {
  const { search, tags, status } = address;
  if (!search && tags.length === 0 && status === 'all')
    return <Empty title="No competition yet">As soon as an organizer announces one, it stands here.</Empty>;
  return (
    <Empty
      title="Nothing fits all of that"
      action={
        <>
          {status !== 'all' && (
            <ButtonLink href={addressOf(address, { status: 'all' })}>Look in every state</ButtonLink>
          )}
          {tags.length > 0 && <ButtonLink href={addressOf(address, { tags: [] })}>Without tags</ButtonLink>}
          {search && <ButtonLink href={addressOf(address, { search: '' })}>Without “{search}”</ButtonLink>}
        </>
      }
    >
      {search
        ? 'Try fewer or shorter words: the beginning of a word is enough, and small slips are forgiven.'
        : 'Take one of the filters away.'}
    </Empty>
  );
}
