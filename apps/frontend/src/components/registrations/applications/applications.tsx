import type { ApplicationPage } from '@mini-compete/shared/applications';
import type { Competition } from '@mini-compete/shared/competitions';
import type { AnswerCounts } from '@mini-compete/shared/registrations';
import { Search } from 'lucide-react';
import Form from 'next/form';
import { useFormats, useTexts } from '#texts';
import { participantsOf } from '@/components/competitions/catalog/participants';
import { AnswerFilter } from '@/components/registrations/registrants/answer-filter';
import { SortSelect } from '@/components/registrations/registrants/sort-select';
import { EmptyState } from '@/components/seats/empty-state';
import { Button, ButtonLink } from '@/components/ui/button';
import { ChipLink } from '@/components/ui/chip';
import { Input } from '@/components/ui/input';
import { LoadMore } from '@/components/ui/load-more';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { type ApplicationsView, FILTERS, REVIEWED, SORTS, viewPath } from './applications-query';
import { Inbox } from './inbox';

type Props = {
  competition: Competition;
  readerId: string;
  view: ApplicationsView;
  page: ApplicationPage;
  /** How often each option was chosen; null if nothing is asked. */
  answers: AnswerCounts | null;
  now: string;
};

/** The inbox of a competition's staff. Filter, order and search are in the address. */
export function Applications({ competition, readerId, view, page, answers, now }: Props) {
  const t = useTexts('applications');
  const { number } = useFormats();
  const path = `/organize/${competition.id}/applications`;
  const pathOf = (changes: Partial<ApplicationsView>) => viewPath(path, view, changes);
  const all = Object.values(page.counts).reduce((sum, count) => sum + count, 0);
  const { id, title, confirmWithinHours } = competition;
  // Servers of the previous version ask none.
  const asksQuestions = (competition.questions ?? []).length > 0;
  return (
    <>
      <DecisionsBy competition={competition} now={now} undecided={page.counts.undecided} />
      <nav aria-label={t('filter')} className="flex flex-wrap gap-2">
        {FILTERS.map((show) => (
          <ChipLink key={show} href={pathOf({ show })} selected={show === view.show}>
            {t(`show.${show}`)}
            <span className="tabular font-normal">{number(show === 'all' ? all : page.counts[show])}</span>
          </ChipLink>
        ))}
      </nav>
      <div className="mt-4 flex flex-wrap items-center gap-2">
        <Form action={path} scroll={false} role="search" className="flex w-full max-w-sm gap-2">
          {view.show !== 'undecided' && <input type="hidden" name="show" value={view.show} />}
          {view.sort !== 'oldest' && <input type="hidden" name="sort" value={view.sort} />}
          {view.reviewed !== 'any' && <input type="hidden" name="reviewed" value={view.reviewed} />}
          {view.answer && <input type="hidden" name="question" value={view.question} />}
          {view.answer && <input type="hidden" name="answer" value={view.answer} />}
          <label htmlFor="application-search" className="sr-only">
            {t('searchLabel')}
          </label>
          <Input
            id="application-search"
            type="search"
            name="search"
            defaultValue={view.search}
            key={view.search}
            maxLength={200}
            placeholder={t('searchLabel')}
          />
          <Button type="submit" icon={<Search aria-hidden="true" className="size-4" />}>
            {t('search')}
          </Button>
        </Form>
        <SortSelect
          className=""
          label={t('reviewed.label')}
          value={view.reviewed}
          options={REVIEWED.map((reviewed) => ({
            value: reviewed,
            label: t(`reviewed.${reviewed}`),
            href: pathOf({ reviewed }),
          }))}
        />
        <SortSelect
          className=""
          label={t('sort.label')}
          value={view.sort}
          options={SORTS.map((sort) => ({ value: sort, label: t(`sort.${sort}`), href: pathOf({ sort }) }))}
        />
      </div>
      {answers && <AnswerFilter questions={competition.questions ?? []} counts={answers} view={view} pathOf={pathOf} />}
      <p role="status" className="tabular mt-4 text-sm text-muted">
        {page.total === null
          ? t('countMany')
          : view.search
            ? t('found', { count: page.total, search: view.search })
            : t('count', { count: page.total })}
        {' · '}
        {t('room', { free: page.room.free })}
      </p>
      <ClientTexts of={asksQuestions ? ['applications', 'questions'] : ['applications']}>
        {/* Another filter is another list: what was selected in the last one would be out of sight. */}
        <Inbox
          key={`${view.show} ${view.reviewed} ${view.search} ${view.question} ${view.answer} ${view.after}`}
          competition={{
            id,
            title,
            confirmWithinHours,
            isCanceled: competition.status === 'cancelled',
            asksQuestions,
            who: participantsOf(competition),
          }}
          readerId={readerId}
          page={page}
          empty={
            <Empty
              view={view}
              showAll={pathOf({ show: 'all', reviewed: 'any', search: '', question: '', answer: '' })}
            />
          }
        />
      </ClientTexts>
      <LoadMore
        href={page.nextCursor && pathOf({ after: page.nextCursor })}
        shown={page.items.length}
        total={page.total}
      />
    </>
  );
}

/** Until when the applicants have been promised an answer. */
function DecisionsBy({ competition, now, undecided }: { competition: Competition; now: string; undecided: number }) {
  const t = useTexts('applications');
  const { instant } = useFormats();
  const { decisionsBy } = competition;
  if (!decisionsBy || undecided === 0) return null;
  const isLate = Date.parse(decisionsBy) < Date.parse(now);
  return (
    <p className={`mb-4 text-sm ${isLate ? 'font-semibold text-warning' : 'text-muted'}`} suppressHydrationWarning>
      {t(isLate ? 'decideLate' : 'decideBy', { when: instant(decisionsBy, 'long') })}
    </p>
  );
}

function Empty({ view, showAll }: { view: ApplicationsView; showAll: string }) {
  const t = useTexts('applications');
  const action = <ButtonLink href={showAll}>{t('empty.showAll')}</ButtonLink>;
  if (view.search)
    return (
      <EmptyState title={t('empty.searchTitle')} action={action}>
        {t('empty.searchText')}
      </EmptyState>
    );
  if (view.show === 'undecided' && view.reviewed === 'any' && view.answer === '')
    return <EmptyState title={t('empty.undecidedTitle')}>{t('empty.undecidedText')}</EmptyState>;
  return (
    <EmptyState title={t('empty.otherTitle')} action={action}>
      {t('empty.otherText')}
    </EmptyState>
  );
}
