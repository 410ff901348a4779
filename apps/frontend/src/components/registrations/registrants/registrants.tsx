import type { Competition } from '@mini-compete/shared/competitions';
import type { RegistrantPage } from '@mini-compete/shared/registrations';
import { Download, Search } from 'lucide-react';
import Form from 'next/form';
import { EmptyState } from '@/components/seats/empty-state';
import { Button, ButtonLink, buttonClass } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { LoadMore } from '@/components/ui/load-more';
import { registrantsCsvUrl } from '@/lib/api/registrations';
import { count } from '@/lib/format';
import { type RegistrantGroup, RegistrantTable } from './registrant-table';

type Props = {
  competition: Competition;
  group: RegistrantGroup;
  search: string;
  page: RegistrantPage;
  hrefOf: (cursor: string | null) => string;
};

const EMPTY_TEXTS: Record<RegistrantGroup, { title: string; text: string }> = {
  seated: { title: 'Nobody is in yet', text: 'Who registers stands here at once. Share the page of the competition.' },
  waiting: { title: 'Nobody waits', text: 'When all seats are taken, people can stand in line here.' },
  ended: { title: 'Nobody has left', text: 'Who leaves or is removed stays here, with the reason.' },
};

/** The organizer's list of one group of registrants, with search, pages and export. */
export function Registrants({ competition, group, search, page, hrefOf }: Props) {
  const path = `/organize/${competition.id}`;
  return (
    <>
      <div className="no-print flex flex-wrap items-center justify-between gap-4">
        <Form action={path} scroll={false} className="flex w-full max-w-md gap-2" role="search">
          {group !== 'seated' && <input type="hidden" name="tab" value={group} />}
          <label htmlFor="registrant-search" className="sr-only">
            Search by name or e-mail
          </label>
          <Input
            id="registrant-search"
            type="search"
            name="search"
            defaultValue={search}
            key={search}
            maxLength={200}
            placeholder="Name or e-mail"
          />
          <Button type="submit" icon={<Search aria-hidden="true" className="size-4" />}>
            Search
          </Button>
        </Form>
        <a href={registrantsCsvUrl(competition.id)} className={buttonClass()} download>
          <Download aria-hidden="true" className="size-4" />
          Export all as CSV
        </a>
      </div>
      <p role="status" className="tabular mt-6 text-sm text-muted">
        {page.total === null ? 'More than 10,000 people' : count(page.total, 'person')}
        {search && ` found for “${search}”`}
      </p>
      {page.items.length === 0 ? (
        <div className="mt-6">
          {search ? (
            <EmptyState
              title="Nobody like that"
              action={<ButtonLink href={hrefOf(null).split('?')[0] ?? path}>Show everybody</ButtonLink>}
            >
              The beginning of a name or an address is enough.
            </EmptyState>
          ) : (
            <EmptyState title={EMPTY_TEXTS[group].title}>{EMPTY_TEXTS[group].text}</EmptyState>
          )}
        </div>
      ) : (
        <div className="mt-4">
          <RegistrantTable competition={competition} group={group} registrants={page.items} />
          <LoadMore href={page.nextCursor && hrefOf(page.nextCursor)} shown={page.items.length} total={page.total}>
            The next ones
          </LoadMore>
        </div>
      )}
    </>
  );
}
