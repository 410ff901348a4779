import type { Competition } from '@mini-compete/shared/competitions';
import type { AnswerCounts, RegistrantPage, RegistrantSort } from '@mini-compete/shared/registrations';
import { ClipboardList, Download } from 'lucide-react';
import { useFormats, useTexts } from '#texts';
import { isForTeams, participantsOf } from '@/components/competitions/catalog/participants';
import { EmptyState } from '@/components/seats/empty-state';
import { ButtonLink, buttonClass } from '@/components/ui/button';
import { ChipLink } from '@/components/ui/chip';
import { LoadMore } from '@/components/ui/load-more';
import { registrantsCsvUrl } from '@/lib/api/registrations';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { AnswerFilter } from './answer-filter';
import { hasAnswers } from './has-answers';
import { RegistrantSearch } from './registrant-search';
import { RegistrantTable } from './registrant-table';
import {
  answerFilter,
  CHECK_INS,
  COUNT_ID,
  checkInFilter,
  GROUPS,
  type RegistrantGroup,
  type RegistrantsView,
  SORTS,
  viewPath,
} from './registrants-query';
import { Selection } from './selection';
import { SortSelect } from './sort-select';

type Props = {
  competition: Competition;
  view: RegistrantsView;
  page: RegistrantPage;
  counts: Readonly<Record<RegistrantGroup, number>>;
  /** Null if nothing is asked. */
  answers: AnswerCounts | null;
};

const GROUP_LABELS = {
  active: 'people.all',
  seated: 'people.seated',
  held: 'people.held',
  waiting: 'people.waiting',
  applied: 'people.applied',
  ended: 'people.ended',
} as const satisfies Record<RegistrantGroup, string>;

const CHECK_IN_LABELS = {
  PEOPLE: { all: 'people.anybody', in: 'people.checkedIn', absent: 'people.notCheckedIn' },
  TEAMS: { all: 'people.anybody', in: 'people.someCheckedIn', absent: 'people.someNotCheckedIn' },
} as const;

const SORT_LABELS = {
  registered: 'people.oldest',
  '-registered': 'people.newest',
  name: 'people.nameUp',
  '-name': 'people.nameDown',
  email: 'people.emailUp',
  '-email': 'people.emailDown',
} as const satisfies Record<RegistrantSort, string>;

/** The organizer's list of people, with filter, search, order, pages and exports. */
export function Registrants({ competition, view, page, counts, answers }: Props) {
  const t = useTexts('organizing');
  const path = `/organize/${competition.id}`;
  const who = participantsOf(competition);
  const forTeams = isForTeams(competition);
  const pathOf = (changes: Partial<RegistrantsView>) => viewPath(path, view, changes);
  // Most competitions take no applications and ask nobody to confirm.
  const groups = GROUPS.filter(
    (group) => (group !== 'held' && group !== 'applied') || counts[group] > 0 || group === view.show,
  );
  return (
    <>
      <div className="no-print flex flex-wrap items-center justify-between gap-x-8 gap-y-4">
        <nav aria-label={t('people.filter')} className="flex flex-wrap gap-2">
          {groups.map((group) => (
            <ChipLink key={group} href={pathOf({ show: group })} selected={group === view.show}>
              {t(GROUP_LABELS[group])}
              <Count value={counts[group]} />
            </ChipLink>
          ))}
        </nav>
        <div className="flex flex-wrap gap-2">
          <ButtonLink
            size="sm"
            href={`${path}/check-in`}
            prefetch={false}
            icon={<ClipboardList aria-hidden="true" className="size-4" />}
          >
            {t('people.checkIn')}
          </ButtonLink>
          {forTeams ? (
            <>
              <Export href={registrantsCsvUrl(competition.id)}>{t('people.exportTeams')}</Export>
              <Export href={registrantsCsvUrl(competition.id, 'person')}>{t('people.exportMembers')}</Export>
            </>
          ) : (
            <Export href={registrantsCsvUrl(competition.id)}>{t('people.export')}</Export>
          )}
        </div>
      </div>
      <div className="no-print mt-4 flex flex-wrap items-center gap-2">
        <RegistrantSearch path={path} view={view} />
        <SortSelect
          label={t('people.sort')}
          value={view.sort}
          options={SORTS.filter((sort) => !forTeams || !sort.endsWith('email')).map((sort) => ({
            value: sort,
            label: t(SORT_LABELS[sort]),
            href: pathOf({ sort }),
          }))}
        />
      </div>
      {(view.checkIn !== 'all' || page.items.some(({ checkIn }) => checkIn !== undefined)) && (
        <nav aria-label={t('people.checkInFilter')} className="no-print mt-4 flex flex-wrap items-center gap-2">
          <span aria-hidden="true" className="text-sm text-muted">
            {t('people.checkInFilter')}
          </span>
          {CHECK_INS.map((checkIn) => (
            <ChipLink key={checkIn} href={pathOf({ checkIn })} selected={checkIn === view.checkIn}>
              {t(CHECK_IN_LABELS[forTeams ? 'TEAMS' : 'PEOPLE'][checkIn])}
            </ChipLink>
          ))}
        </nav>
      )}
      {answers && <AnswerFilter questions={competition.questions ?? []} counts={answers} view={view} pathOf={pathOf} />}
      <p id={COUNT_ID} role="status" tabIndex={-1} className="tabular my-4 text-sm text-muted sm:mb-2">
        {page.total === null
          ? t('people.countMany', { who })
          : view.search
            ? t('people.found', { count: page.total, search: view.search, who })
            : t('people.count', { count: page.total, who })}
      </p>
      {page.items.length === 0 ? (
        <Empty
          view={view}
          competition={competition}
          showAll={pathOf({ search: '', question: '', answer: '', checkIn: 'all' })}
        />
      ) : (
        <ClientTexts of={page.items.some(hasAnswers) ? ['registrants', 'questions'] : ['registrants']}>
          {/* Another filter is another list: what was selected in the last one would be out of sight. */}
          <Selection
            key={`${view.show} ${view.search} ${view.question} ${view.answer} ${view.checkIn}`}
            competitionId={competition.id}
            who={who}
            filter={{ status: view.show, search: view.search, ...answerFilter(view), ...checkInFilter(view) }}
            page={page.items.filter(({ status }) => status !== 'CANCELLED').map(({ registrationId }) => registrationId)}
            total={page.total}
          >
            <RegistrantTable
              competition={competition}
              registrants={page.items}
              sort={view.sort}
              sortPath={(sort) => pathOf({ sort })}
            />
          </Selection>
          <LoadMore
            href={page.nextCursor && pathOf({ after: page.nextCursor })}
            shown={page.items.length}
            total={page.total}
          />
        </ClientTexts>
      )}
    </>
  );
}

function Export({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} className={buttonClass({ size: 'sm' })} download>
      <Download aria-hidden="true" className="size-4" />
      {children}
    </a>
  );
}

function Count({ value }: { value: number }) {
  const { number } = useFormats();
  return <span className="tabular font-normal">{number(value)}</span>;
}

type EmptyProps = {
  view: RegistrantsView;
  competition: Pick<Competition, 'status' | 'visibility'>;
  showAll: string;
};

function Empty({ view, competition: { status, visibility }, showAll }: EmptyProps) {
  const t = useTexts('organizing');
  if (view.search || view.answer || view.checkIn !== 'all')
    return (
      <EmptyState
        title={t('people.noMatchTitle')}
        action={<ButtonLink href={showAll}>{t('people.showAll')}</ButtonLink>}
      >
        {t('people.noMatchText')}
      </EmptyState>
    );
  if (view.show === 'waiting')
    return <EmptyState title={t('people.noWaitlistTitle')}>{t('people.noWaitlistText')}</EmptyState>;
  if (view.show === 'held') return <EmptyState title={t('people.noHeldTitle')}>{t('people.noHeldText')}</EmptyState>;
  if (view.show === 'applied')
    return <EmptyState title={t('people.noAppliedTitle')}>{t('people.noAppliedText')}</EmptyState>;
  if (view.show === 'ended') return <EmptyState title={t('people.noPastTitle')}>{t('people.noPastText')}</EmptyState>;
  if (status === 'cancelled')
    return <EmptyState title={t('people.canceledTitle')}>{t('people.canceledText')}</EmptyState>;
  if (visibility === 'DRAFT') return <EmptyState title={t('people.draftTitle')}>{t('people.draftText')}</EmptyState>;
  return <EmptyState title={t('people.emptyTitle')}>{t('people.emptyText')}</EmptyState>;
}
