import type { CompetitionSummary } from '@mini-compete/shared/competitions';
import { Search } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { CompetitionGrid } from '@/components/competitions/catalog/competition-grid';
import { OpeningNext } from '@/components/competitions/catalog/opening-next';
import { isAlmostFull } from '@/components/competitions/catalog/status';
import { EmptyState } from '@/components/seats/empty-state';
import { Button, ButtonLink } from '@/components/ui/button';
import { listCompetitions } from '@/lib/api/competitions';
import { serverCall } from '@/lib/api/server';
import { count } from '@/lib/format';
import { getCurrentUser } from '@/lib/session';

const CARDS_PER_ROW = 3;

export default async function Home() {
  const [user, upcoming, closing, popular] = await Promise.all([
    getCurrentUser(),
    listCompetitions(serverCall, { status: 'upcoming', sort: 'deadline', limit: 20 }),
    listCompetitions(serverCall, { status: 'open', sort: 'deadline', limit: 20 }),
    listCompetitions(serverCall, { status: 'open', sort: 'popular', limit: 40 }),
  ]);
  const now = new Date().toISOString();
  const next = firstToOpen(upcoming.items);
  // Two sections with one card each would look empty.
  const fitsOneRow = closing.items.length <= CARDS_PER_ROW;
  const almostFull = fitsOneRow
    ? []
    : popular.items.filter(({ seatsLeft, capacity }) => isAlmostFull(seatsLeft, capacity)).slice(0, CARDS_PER_ROW);
  const shown = new Set(almostFull.map(({ id }) => id));
  const open = closing.items.filter(({ id }) => !shown.has(id)).slice(0, 6);
  const canCreate = user?.role === 'ORGANIZER' || user?.role === 'ADMIN';
  return (
    <div className="flex flex-col gap-14 sm:gap-20">
      <section aria-labelledby="home-title" className="grid gap-x-16 gap-y-12 lg:grid-cols-[1.15fr_1fr] lg:items-end">
        <div>
          <h1 id="home-title" className="text-3xl">
            {closing.items.length > 0 ? openText(closing.total) : 'Nothing is open right now'}
          </h1>
          <search>
            <form action="/competitions" className="mt-6 flex max-w-xl gap-3">
              <label htmlFor="home-search" className="sr-only">
                Search competitions
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
                  placeholder="Chess, robotics, a town"
                  className="min-h-14 w-full rounded-md border border-line-strong bg-raised ps-12 pe-4 text-base placeholder:text-muted hover:border-ink focus-visible:outline-offset-0"
                />
              </span>
              <Button type="submit" tone="primary" className="min-h-14">
                Search
              </Button>
            </form>
          </search>
        </div>
        {next && <OpeningNext competition={next} now={now} />}
      </section>

      {almostFull.length > 0 && (
        <Section id="almost-full" title="Almost full">
          <CompetitionGrid competitions={almostFull} now={now} />
        </Section>
      )}
      {open.length > 0 && (
        <Section
          id="open"
          title={fitsOneRow ? 'Open now' : 'Open, closing soonest first'}
          more={
            <SectionLink href="/competitions?status=open">
              {closing.total === null ? 'All that are open' : `All ${count(closing.total, 'open one')}`}
            </SectionLink>
          }
        >
          <CompetitionGrid competitions={open} now={now} />
        </Section>
      )}
      {closing.items.length === 0 && !next && (
        <EmptyState
          title="No competition takes registrations"
          action={<ButtonLink href="/competitions">See all competitions</ButtonLink>}
        >
          Past ones are still there to read, and new ones appear here as soon as they are announced.
        </EmptyState>
      )}

      {user?.role !== 'PARTICIPANT' && (
        <section
          aria-label="For organizers"
          className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4 border-t border-line pt-8"
        >
          <p className="max-w-prose">
            You run a competition? Say how many seats there are; the line, the messages and the list are taken care of.
          </p>
          <ButtonLink href={canCreate ? '/competitions/new' : '/sign-up?role=organizer'}>
            {canCreate ? 'Create a competition' : 'Sign up as an organizer'}
          </ButtonLink>
        </section>
      )}
    </div>
  );
}

const openText = (total: number | null) =>
  total === null ? 'Thousands are open' : `${count(total, 'competition')} ${total === 1 ? 'is' : 'are'} open`;

const firstToOpen = (competitions: readonly CompetitionSummary[]) =>
  competitions
    .filter(({ regOpensAt }) => regOpensAt !== null)
    .sort((a, b) => Date.parse(a.regOpensAt ?? '') - Date.parse(b.regOpensAt ?? ''))[0];

function SectionLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="link text-sm">
      {children}
    </Link>
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
