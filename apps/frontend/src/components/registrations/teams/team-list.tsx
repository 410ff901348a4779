import type { Competition } from '@mini-compete/shared/competitions';
import type { TeamPage } from '@mini-compete/shared/teams';
import { ChevronDown, Crown, Search } from 'lucide-react';
import { useTexts } from '#texts';
import { EmptyState } from '@/components/seats/empty-state';
import { Button, ButtonLink } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { LoadMore } from '@/components/ui/load-more';
import { LocalTime } from '@/components/ui/local-time';
import { StatusLabel, type StatusShape, type StatusTone } from '@/components/ui/status-label';
import { type Column, Table } from '@/components/ui/table';
import { withParams } from '@/lib/search-params';

type ListedTeam = TeamPage['items'][number];
type Props = { competition: Competition; page: TeamPage; path: string; search: string };

/** The teams of a competition for its staff, with their members. */
export function TeamList({ competition, page, path, search }: Props) {
  const t = useTexts('teamList');
  const columns: Column<ListedTeam>[] = [
    {
      key: 'team',
      head: t('team'),
      primary: true,
      className: 'sm:align-top',
      cell: ({ name }) => <bdi className="font-semibold wrap-anywhere">{name}</bdi>,
    },
    {
      key: 'members',
      head: t('membersHead'),
      selfExplaining: true,
      className: 'sm:align-top',
      cell: (team) => <Members team={team} />,
    },
    { key: 'status', head: t('status'), className: 'sm:align-top', cell: (team) => <Status team={team} /> },
    {
      key: 'created',
      head: t('created'),
      className: 'sm:align-top',
      cell: ({ createdAt }) => <LocalTime iso={createdAt} style="short" />,
    },
  ];
  return (
    <>
      <p className="text-sm text-muted">{t('text')}</p>
      <form action={path} className="no-print mt-4 flex max-w-md gap-2">
        <Input
          name="search"
          type="search"
          defaultValue={search}
          maxLength={200}
          aria-label={t('searchLabel')}
          placeholder={t('placeholder')}
          className="[unicode-bidi:plaintext]"
        />
        <Button type="submit" icon={<Search aria-hidden="true" className="size-4" />}>
          {t('search')}
        </Button>
      </form>
      <p role="status" className="tabular my-4 text-sm text-muted">
        {page.total === null
          ? t('countMany')
          : search
            ? t('found', { count: page.total, search })
            : t('count', { count: page.total })}
      </p>
      {page.items.length === 0 ? (
        search ? (
          <EmptyState title={t('noMatchTitle')} action={<ButtonLink href={path}>{t('showAll')}</ButtonLink>}>
            {t('noMatchText')}
          </EmptyState>
        ) : (
          <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
        )
      ) : (
        <Table
          caption={t('caption', { title: competition.title })}
          columns={columns}
          rows={page.items}
          keyOf={({ id }) => id}
        />
      )}
      <LoadMore
        href={page.nextCursor && withParams(path, { search, after: page.nextCursor })}
        shown={page.items.length}
        total={page.total}
      />
    </>
  );
}

function Members({ team: { members, captainId } }: { team: ListedTeam }) {
  const t = useTexts('teamList');
  const common = useTexts('common');
  return (
    <details className="group min-w-0 max-sm:w-full sm:-mt-2">
      <summary className="inline-flex min-h-small-control list-none items-center gap-1.5 text-muted [&::-webkit-details-marker]:hidden">
        {t('members', { count: members.length })}
        <ChevronDown aria-hidden="true" className="no-print size-4 transition-transform group-open:rotate-180" />
      </summary>
      <ul className="flex flex-col gap-1.5 py-1 text-start">
        {members.map(({ userId, name, email }) => (
          <li key={userId} className="wrap-anywhere">
            <bdi>{name || common('deletedAccount')}</bdi>{' '}
            {userId === captainId && (
              <span className="inline-flex items-center gap-1 text-xs font-semibold">
                <Crown aria-hidden="true" className="size-3.5" />
                {t('captain')}
              </span>
            )}
            <bdi className="block text-match-parent text-xs text-muted">{email}</bdi>
          </li>
        ))}
      </ul>
    </details>
  );
}

type Display = readonly ['registered' | 'held' | 'waitlisted' | 'applied', StatusTone, StatusShape];
const STATUS: Record<NonNullable<ListedTeam['registration']>['status'], Display> = {
  PENDING: ['registered', 'success', 'half'],
  CONFIRMED: ['registered', 'success', 'tick'],
  HELD: ['held', 'warning', 'half'],
  WAITLISTED: ['waitlisted', 'warning', 'square'],
  APPLIED: ['applied', 'neutral', 'square'],
};

function Status({ team: { registration } }: { team: ListedTeam }) {
  const t = useTexts('teamList');
  if (registration === null)
    return (
      <StatusLabel tone="neutral" shape="ring">
        {t('unregistered')}
      </StatusLabel>
    );
  const [text, tone, shape] = STATUS[registration.status];
  return (
    <StatusLabel tone={tone} shape={shape}>
      {t(text)}
      {registration.position !== undefined && <span className="tabular"> #{registration.position}</span>}
    </StatusLabel>
  );
}
