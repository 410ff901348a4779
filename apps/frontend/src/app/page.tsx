import type { CompetitionSummary } from '@mini-compete/shared/competitions';
import { Search } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import { CompetitionGrid } from '@/components/competitions/catalog/competition-grid';
import { OpeningNext } from '@/components/competitions/catalog/opening-next';
import { isAlmostFull } from '@/components/competitions/catalog/status';
import { EmptyState } from '@/components/seats/empty-state';
import { Button, ButtonLink } from '@/components/ui/button';
import { listCompetitions } from '@/lib/api/competitions';
import { serverCall } from '@/lib/api/server';
import { getTexts } from '@/lib/i18n/texts.server';
import { getCurrentUser } from '@/lib/session';

const CARDS_PER_ROW = 3;

export default async function Home() {
  const [t, user, upcoming, closing, popular, recent] = await Promise.all([
    getTexts('catalog'),
    getCurrentUser(),
    listCompetitions(serverCall, { status: 'upcoming', sort: 'deadline', limit: 20 }),
    listCompetitions(serverCall, { status: 'open', sort: 'deadline', limit: 20 }),
    listCompetitions(serverCall, { status: 'open', sort: 'popular', limit: 40 }),
    listCompetitions(serverCall, { sort: 'newest', limit: 2 * CARDS_PER_ROW }),
  ]);
  const now = new Date().toISOString();
  const next = firstToOpen(upcoming.items);
  const almostFull = inRows(closing.items.length <= CARDS_PER_ROW ? [] : popular.items.filter(isNearlyFull), 1);
  const others = without(closing.items, almostFull);
  const open = others.length < CARDS_PER_ROW ? others : inRows(others, 2);
  // A row with one or two cards would look unfinished.
  const further = without([...upcoming.items, ...recent.items], [...closing.items, ...(next ? [next] : [])]);
  const filling = open.length < CARDS_PER_ROW ? further.slice(0, CARDS_PER_ROW - open.length) : [];
  return (
    <div className="flex flex-col gap-14 sm:gap-20">
      <section
        aria-labelledby="home-title"
        className={`grid gap-x-16 gap-y-12 lg:grid-cols-[1.15fr_1fr] ${next?.cover ? 'lg:items-center' : 'lg:items-end'}`}
      >
        <div>
          <h1 id="home-title" className="text-3xl">
            {closing.total === null ? t('home.openMany') : t('home.open', { count: closing.total })}
          </h1>
          <HomeSearch />
        </div>
        {next && <OpeningNext competition={next} now={now} />}
      </section>

      {almostFull.length > 0 && (
        <Section id="almost-full" title={t('home.almostFull')}>
          <CompetitionGrid competitions={almostFull} now={now} startsPage />
        </Section>
      )}
      {open.length + filling.length > 0 && (
        <Section
          id="open"
          title={t(sectionTitle(open.length, filling.length, closing.items.length))}
          more={
            closing.items.length > open.length && (
              <Link
                href="/competitions?status=open"
                className="link -my-3 inline-flex min-h-small-control items-center text-sm"
              >
                {t('home.seeAll')}
              </Link>
            )
          }
        >
          <CompetitionGrid competitions={[...open, ...filling]} now={now} startsPage={almostFull.length === 0} />
        </Section>
      )}
      {open.length + filling.length === 0 && !next && (
        <EmptyState
          title={t('home.emptyTitle')}
          action={<ButtonLink href="/competitions">{t('home.emptyAction')}</ButtonLink>}
        >
          {t('home.emptyText')}
        </EmptyState>
      )}

      {user?.role !== 'PARTICIPANT' && <ForOrganizers canCreate={user !== null} />}
    </div>
  );
}

/** Being quick does not matter for applications. */
const isNearlyFull = ({ seatsLeft, capacity, admissionMode }: CompetitionSummary) =>
  admissionMode !== 'APPROVAL' && isAlmostFull(seatsLeft, capacity);

/** Full rows only, at most `rows`. */
const inRows = (competitions: readonly CompetitionSummary[], rows: number) =>
  competitions.slice(0, Math.min(rows, Math.floor(competitions.length / CARDS_PER_ROW)) * CARDS_PER_ROW);

/** Each competition once, and none of `excluded`. */
function without(competitions: readonly CompetitionSummary[], excluded: readonly CompetitionSummary[]) {
  const ids = new Set(excluded.map(({ id }) => id));
  return competitions.filter(({ id }) => !ids.has(id) && ids.add(id));
}

const firstToOpen = (competitions: readonly CompetitionSummary[]) =>
  competitions
    .filter(({ regOpensAt }) => regOpensAt !== null)
    .sort((a, b) => Date.parse(a.regOpensAt ?? '') - Date.parse(b.regOpensAt ?? ''))[0];

function sectionTitle(open: number, filling: number, allOpen: number) {
  if (open === 0) return 'home.recent';
  if (filling > 0) return 'home.openAndMore';
  return allOpen > CARDS_PER_ROW ? 'home.openSoonest' : 'home.openNow';
}

function HomeSearch() {
  const t = useTexts('catalog');
  return (
    <search>
      <form action="/competitions" className="mt-6 flex max-w-xl gap-3">
        <label htmlFor="home-search" className="sr-only">
          {t('home.searchLabel')}
        </label>
        <span className="relative grow">
          <Search
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 start-4 my-auto size-5 text-muted"
          />
          <input
            id="home-search"
            type="search"
            name="search"
            maxLength={200}
            placeholder={t('home.searchPlaceholder')}
            className="min-h-14 w-full rounded-md border border-line-strong bg-raised ps-12 pe-4 text-base placeholder:text-muted placeholder-shown:text-ellipsis hover:border-ink focus-visible:outline-offset-0"
          />
        </span>
        <Button type="submit" tone="primary" className="min-h-14">
          {t('home.search')}
        </Button>
      </form>
    </search>
  );
}

function ForOrganizers({ canCreate }: { canCreate: boolean }) {
  const t = useTexts('catalog');
  return (
    <section
      aria-label={t('home.organizers')}
      className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4 border-t border-line pt-8"
    >
      <p className="max-w-prose">{t('home.organizersText')}</p>
      <ButtonLink href={canCreate ? '/competitions/new' : '/sign-up?role=organizer'}>
        {t(canCreate ? 'home.create' : 'home.signUp')}
      </ButtonLink>
    </section>
  );
}

function Section({ id, title, more, children }: { id: string; title: string; more?: ReactNode; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <div className="mb-6 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id={id} className="text-xl">
          {title}
        </h2>
        {more}
      </div>
      {children}
    </section>
  );
}
