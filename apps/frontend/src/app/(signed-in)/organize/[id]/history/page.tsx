import { HistoryKind } from '@mini-compete/shared/history';
import type { Metadata } from 'next';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { ManageHeader } from '@/components/competitions/editing/manage-header';
import { HistoryList } from '@/components/competitions/history/history-list';
import { EmptyState } from '@/components/seats/empty-state';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { ButtonLink } from '@/components/ui/button';
import { ChipLink } from '@/components/ui/chip';
import { listHistory } from '@/lib/api/competitions';
import { serverCall } from '@/lib/api/server';
import { getTexts } from '@/lib/i18n/texts.server';
import { getChoice, getParam, type SearchParams, withParams } from '@/lib/search-params';
import { loadAsStaff } from '../load-as-staff';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

const UUID = /^[0-9a-f-]{36}$/i;
const PAGE_SIZE = 50;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { title }] = await Promise.all([getTexts('history'), params.then(({ id }) => loadCompetition(id))]);
  return { title: t('metaTitle', { title }) };
}

export default async function HistoryOfCompetition({ params, searchParams }: Props) {
  const { id } = await params;
  const values = await searchParams;
  const kinds = HistoryKind.options as [HistoryKind, ...HistoryKind[]];
  const view = {
    kind: getChoice(values, 'kind', kinds),
    person: UUID.test(getParam(values, 'person')) ? getParam(values, 'person') : '',
    after: getParam(values, 'after'),
  };
  const pathOf = ({ kind, person, after }: typeof view) =>
    withParams(`/organize/${id}/history`, { kind: kind === 'all' ? null : kind, person, after });
  const { competition, user } = await loadAsStaff(id, pathOf(view), 'readHistory');
  const [t, common, { items, nextCursor }] = await Promise.all([
    getTexts('history'),
    getTexts('common'),
    listHistory(serverCall, id, {
      kind: view.kind,
      limit: PAGE_SIZE,
      ...(view.person && { person: view.person }),
      ...(view.after && { cursor: view.after }),
    }),
  ]);
  const first = { ...view, after: '' };
  const person = items.flatMap((entry) => [entry.actor, entry.person]).find((one) => one?.id === view.person);
  return (
    <>
      <AutoRefresh seconds={15} />
      <ManageHeader competition={competition} tab="history" viewer={user} />
      <nav aria-label={t('filter')} className="mt-6 flex flex-wrap gap-2">
        {kinds.map((kind) => (
          <ChipLink key={kind} href={pathOf({ ...first, kind })} selected={kind === view.kind}>
            {t(`kind.${kind}`)}
          </ChipLink>
        ))}
      </nav>
      {view.person && (
        <p className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
          {t.rich('ofPerson', {
            name: person?.name ?? t('deletedAccount'),
            b: (name) => (
              <b>
                <bdi>{name}</bdi>
              </b>
            ),
          })}
          <ButtonLink size="sm" href={pathOf({ ...first, person: '' })}>
            {t('everyone')}
          </ButtonLink>
        </p>
      )}
      {items.length === 0 ? (
        <div className="mt-6">
          <EmptyState title={t('emptyTitle')}>
            {view.kind === 'all' && !view.person ? t('emptyText') : t('noMatchText')}
          </EmptyState>
        </div>
      ) : (
        <HistoryList entries={items} personPath={(id) => pathOf({ ...first, kind: 'all', person: id })} />
      )}
      {nextCursor && (
        <ButtonLink className="no-print mt-8" href={pathOf({ ...view, after: nextCursor })} scroll={false}>
          {common('loadMore')}
        </ButtonLink>
      )}
    </>
  );
}
