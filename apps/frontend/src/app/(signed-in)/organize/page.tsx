import type { Metadata } from 'next';
import { MyCompetitionCard } from '@/components/competitions/statistics/my-competition-card';
import { EmptyState } from '@/components/seats/empty-state';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { ButtonLink } from '@/components/ui/button';
import { ChipLink } from '@/components/ui/chip';
import { LoadMore } from '@/components/ui/load-more';
import { listMyCompetitions } from '@/lib/api/competitions';
import { serverCall } from '@/lib/api/server';
import { getTexts, getTimeZone } from '@/lib/i18n/texts.server';
import { getChoice, getParam, type SearchParams, withParams } from '@/lib/search-params';
import { requireUser } from '@/lib/session';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts('organizing');
  return { title: t('list.title') };
}

const PATH = '/organize';
/** One finds a draft among so many without a filter. */
const FEW = 5;

export default async function Organize({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const values = await searchParams;
  const after = getParam(values, 'after');
  const show = getChoice(values, 'show', ['', 'drafts']);
  const user = await requireUser(withParams(PATH, { show, after }));
  const [t, page] = await Promise.all([
    getTexts('organizing'),
    getTimeZone().then((zone) =>
      listMyCompetitions(serverCall, {
        cursor: after,
        limit: 20,
        zone,
        ...(show === 'drafts' && { visibility: 'DRAFT' }),
      }),
    ),
  ]);
  const create = user.role !== 'PARTICIPANT' && (
    <ButtonLink href="/competitions/new" tone="primary">
      {t('list.create')}
    </ButtonLink>
  );
  return (
    <>
      <AutoRefresh seconds={20} />
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-2xl">{t('list.title')}</h1>
          {page.total !== 0 && (
            <p className="tabular mt-2 text-sm text-muted">
              {page.total === null ? t('list.countMany') : t('list.count', { count: page.total })}
            </p>
          )}
        </div>
        {(page.items.length > 0 || show !== '') && create}
      </div>
      {(show !== '' || page.total === null || page.total > FEW) && (
        <nav aria-label={t('list.filter')} className="chip-row mt-6">
          <ChipLink href={PATH} selected={show === ''}>
            {t('list.all')}
          </ChipLink>
          <ChipLink href={withParams(PATH, { show: 'drafts' })} selected={show === 'drafts'}>
            {t('list.drafts')}
          </ChipLink>
        </nav>
      )}
      {page.items.length === 0 ? (
        <div className="mt-8">
          {show === '' ? (
            <EmptyState title={t('list.emptyTitle')} action={create}>
              {create ? t('list.emptyText') : t('list.emptyHelperText')}
            </EmptyState>
          ) : (
            <EmptyState
              title={t('list.noDraftsTitle')}
              action={<ButtonLink href={PATH}>{t('list.showAll')}</ButtonLink>}
            >
              {t('list.noDraftsText')}
            </EmptyState>
          )}
        </div>
      ) : (
        <>
          <ul className="mt-8 border-t border-line">
            {page.items.map((competition) => (
              <MyCompetitionCard key={competition.id} competition={competition} now={new Date().toISOString()} />
            ))}
          </ul>
          <LoadMore
            href={page.nextCursor && withParams(PATH, { show, after: page.nextCursor })}
            shown={page.items.length}
            total={page.total}
          />
        </>
      )}
    </>
  );
}
