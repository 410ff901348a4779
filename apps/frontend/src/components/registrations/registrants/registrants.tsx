import type { Competition } from '@mini-compete/shared/competitions';
import type { EntrantPage } from '@mini-compete/shared/registrations';
import { Download, Search } from 'lucide-react';
import Form from 'next/form';
import { Empty } from '@/components/seats/empty-state';
import { Button, ButtonLink, buttonClass } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { More } from '@/components/ui/more';
import { exportAddress } from '@/lib/api/organizing';
import { count } from '@/lib/format';
import { type EntrantStatus, EntrantTable } from './registrant-table';

type Props = {
  competition: Competition;
  status: EntrantStatus;
  search: string;
  page: EntrantPage;
  hrefOf: (cursor: string | null) => string;
};

const NOBODY: Record<EntrantStatus, { title: string; text: string }> = {
  seated: { title: 'Nobody is in yet', text: 'Who registers stands here at once. Share the page of the competition.' },
  waiting: { title: 'Nobody waits', text: 'When all seats are taken, people can stand in line here.' },
  ended: { title: 'Nobody has left', text: 'Who leaves or is removed stays here, with the reason.' },
};

/** Who is in, who waits, who was in: searched, a page at a time, and as a file. */
export function Entrants({ competition, status, search, page, hrefOf }: Props) {
  const path = `/organize/${competition.id}`;
  return (
    <>
      <div className="no-print flex flex-wrap items-center justify-between gap-4">
        <Form action={path} scroll={false} className="flex w-full max-w-md gap-2" role="search">
          {status !== 'seated' && <input type="hidden" name="tab" value={status} />}
          <label htmlFor="entrant-search" className="sr-only">
            Search by name or e-mail
          </label>
          <Input
            id="entrant-search"
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
        <a href={exportAddress(competition.id)} className={buttonClass()} download>
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
            <Empty
              title="Nobody like that"
              action={<ButtonLink href={hrefOf(null).split('?')[0] ?? path}>Show everybody</ButtonLink>}
            >
              The beginning of a name or an address is enough.
            </Empty>
          ) : (
            <Empty title={NOBODY[status].title}>{NOBODY[status].text}</Empty>
          )}
        </div>
      ) : (
        <div className="mt-4">
          <EntrantTable competition={competition} status={status} entrants={page.items} />
          <More href={page.nextCursor && hrefOf(page.nextCursor)} shown={page.items.length} total={page.total}>
            The next ones
          </More>
        </div>
      )}
    </>
  );
}
