import type { Invitation, InvitationPage, InvitationState } from '@mini-compete/shared/invitations';
import { Search } from 'lucide-react';
import Form from 'next/form';
import type { ReactNode } from 'react';
import { useFormats, useTexts } from '#texts';
import { EmptyState } from '@/components/seats/empty-state';
import { Button, ButtonLink } from '@/components/ui/button';
import { ChipLink } from '@/components/ui/chip';
import { Input } from '@/components/ui/input';
import { LoadMore } from '@/components/ui/load-more';
import { LocalTime } from '@/components/ui/local-time';
import { StatusLabel, type StatusShape, type StatusTone } from '@/components/ui/status-label';
import { withParams } from '@/lib/search-params';
import { InvitationActions, LIST_ID } from './invitation-actions';
import { SendUnsent } from './send-unsent';

export const STATES = ['all', 'open', 'redeemed', 'withdrawn', 'expired'] as const;

export interface InvitationsView {
  readonly state: (typeof STATES)[number];
  readonly search: string;
  readonly after: string;
}

export const invitationsPath = (competitionId: string, { state, search, after }: InvitationsView): string =>
  withParams(`/organize/${competitionId}/invitations`, { state: state === 'all' ? null : state, search, after });

type Props = { competitionId: string; page: InvitationPage; view: InvitationsView };

/** Client components in it need the texts of `invitations`. */
export function InvitationList({ competitionId, page, view }: Props) {
  const t = useTexts('invitations');
  const unsent = page.items.filter(({ state, sentAt }) => state === 'open' && sentAt === null).map(({ id }) => id);
  const isFiltered = view.state !== 'all' || view.search !== '';
  return (
    <section aria-labelledby={LIST_ID} className="min-w-0">
      <h2 id={LIST_ID} tabIndex={-1} className="text-lg outline-none">
        {t('list.title')}
      </h2>
      {(page.items.length > 0 || isFiltered) && <Filters competitionId={competitionId} page={page} view={view} />}
      {unsent.length > 0 && (
        <div className="mt-4">
          <SendUnsent competitionId={competitionId} ids={unsent} />
        </div>
      )}
      {page.items.length === 0 ? (
        isFiltered ? (
          <EmptyState
            title={t('list.noMatchTitle')}
            action={<ButtonLink href={`/organize/${competitionId}/invitations`}>{t('list.showAll')}</ButtonLink>}
          >
            {t('list.noMatchText')}
          </EmptyState>
        ) : (
          <EmptyState title={t('list.emptyTitle')}>{t('list.emptyText')}</EmptyState>
        )
      ) : (
        <>
          <ul className="mt-4 border-t border-line">
            {page.items.map((invitation) => (
              <Item key={invitation.id} competitionId={competitionId} invitation={invitation} />
            ))}
          </ul>
          <LoadMore
            href={page.nextCursor && invitationsPath(competitionId, { ...view, after: page.nextCursor })}
            shown={page.items.length}
            total={page.total}
          />
        </>
      )}
    </section>
  );
}

/** Works without JavaScript. */
function Filters({ competitionId, page, view }: Props) {
  const t = useTexts('invitations');
  return (
    <>
      <nav aria-label={t('list.filter')} className="mt-4 flex flex-wrap gap-2">
        {STATES.map((state) => (
          <ChipLink
            key={state}
            href={invitationsPath(competitionId, { ...view, state, after: '' })}
            selected={state === view.state}
          >
            {t(`list.state.${state}`)}
          </ChipLink>
        ))}
      </nav>
      <Form
        action={`/organize/${competitionId}/invitations`}
        scroll={false}
        role="search"
        className="mt-4 flex w-full max-w-md gap-2"
      >
        {view.state !== 'all' && <input type="hidden" name="state" value={view.state} />}
        <label htmlFor="invitation-search" className="sr-only">
          {t('list.searchLabel')}
        </label>
        <Input
          id="invitation-search"
          type="search"
          name="search"
          defaultValue={view.search}
          key={view.search}
          maxLength={200}
          placeholder={t('list.placeholder')}
        />
        <Button type="submit" icon={<Search aria-hidden="true" className="size-4" />}>
          {t('list.search')}
        </Button>
      </Form>
      <p role="status" className="tabular mt-4 text-sm text-muted">
        {page.total === null ? t('list.countMany') : t('list.count', { count: page.total })}
      </p>
    </>
  );
}

const STATE_LABELS: Record<InvitationState, { tone: StatusTone; shape: StatusShape }> = {
  open: { tone: 'accent', shape: 'ring' },
  redeemed: { tone: 'success', shape: 'tick' },
  withdrawn: { tone: 'neutral', shape: 'bar' },
  expired: { tone: 'warning', shape: 'half' },
  cancelled: { tone: 'error', shape: 'cross' },
};

function Item({ competitionId, invitation }: { competitionId: string; invitation: Invitation }) {
  const t = useTexts('invitations');
  const { instant } = useFormats();
  const { email, name, state, invitedBy, sentAt, expiresAt, endedAt } = invitation;
  const time = (iso: string) => <LocalTime iso={iso} style="short" className="tabular" />;
  return (
    <li className="flex flex-col gap-3 border-b border-line py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1">
        <div className="min-w-0">
          <p className="font-semibold wrap-anywhere">
            {email === '' ? t('list.erased') : <bdi dir="ltr">{email}</bdi>}
          </p>
          {name !== null && (
            <p className="text-sm wrap-break-word">
              <bdi>{name}</bdi>
            </p>
          )}
          <p className="text-sm text-muted" suppressHydrationWarning>
            {state === 'open' ? t('list.until', { when: instant(expiresAt, 'short') }) : time(endedAt ?? expiresAt)}
            {invitedBy !== null && <> · {t.rich('list.by', { name: invitedBy, n: bdi })}</>}
          </p>
          {state === 'open' && sentAt === null && <p className="text-sm text-warning">{t('list.unsent')}</p>}
        </div>
        <StatusLabel {...STATE_LABELS[state]}>{t(`list.state.${state}`)}</StatusLabel>
      </div>
      {state === 'open' && <InvitationActions competitionId={competitionId} invitation={invitation} />}
    </li>
  );
}

const bdi = (chunks: ReactNode) => <bdi>{chunks}</bdi>;
