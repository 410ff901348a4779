import type { Competition } from '@mini-compete/shared/competitions';
import type { Registrant, RegistrantSort } from '@mini-compete/shared/registrations';
import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import { isForTeams } from '@/components/competitions/catalog/participants';
import { LocalTime } from '@/components/ui/local-time';
import { hasAnswers } from './has-answers';
import { RegistrantCheckIn } from './registrant-check-in';
import { RegistrantMenu } from './registrant-menu';
import { RegistrantStatus } from './registrant-status';
import { nextSort } from './registrants-query';
import { SelectPage, SelectPerson } from './selection';
import { TeamMembers } from './team-members';

type Props = {
  competition: Pick<Competition, 'id' | 'title' | 'waiting' | 'status' | 'teamMax'>;
  registrants: readonly Registrant[];
  sort: RegistrantSort;
  sortPath: (sort: RegistrantSort) => string;
};

/** One line per person, two on phones. Everything that can be done with a person is in the menu at its end. */
export function RegistrantTable({ competition, registrants, sort, sortPath }: Props) {
  const t = useTexts('organizing');
  const head = { sort, sortPath };
  const ids = registrants.filter(canBeSelected).map(({ registrationId }) => registrationId);
  const hasCheckIns = registrants.some(({ checkIn }) => checkIn !== undefined);
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">{t('people.caption', { title: competition.title })}</caption>
      <thead className="max-sm:sr-only">
        <tr className="border-b border-line-strong">
          {ids.length > 0 && (
            <th scope="col" className="no-print w-11 max-sm:hidden">
              <SelectPage ids={ids} />
            </th>
          )}
          <SortHead {...head} column="name">
            {t('people.name')}
          </SortHead>
          {isForTeams(competition) ? (
            <th scope="col" className="py-2 pe-4 text-start font-semibold text-muted max-sm:hidden">
              {t('people.membersHead')}
            </th>
          ) : (
            <SortHead {...head} column="email" className="max-sm:hidden">
              {t('people.email')}
            </SortHead>
          )}
          <th scope="col" className="py-2 pe-4 text-start font-semibold text-muted max-sm:hidden">
            {t('people.status')}
          </th>
          {hasCheckIns && (
            <th scope="col" className="py-2 pe-4 text-start font-semibold whitespace-nowrap text-muted max-lg:hidden">
              {t('people.checkInHead')}
            </th>
          )}
          <SortHead {...head} column="registered" className="max-sm:hidden">
            {t('people.registered')}
          </SortHead>
          <th scope="col" className="no-print">
            <span className="sr-only">{t('people.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {registrants.map((registrant) => (
          <Row
            key={registrant.registrationId}
            registrant={registrant}
            competition={competition}
            hasSelection={ids.length > 0}
            hasCheckIns={hasCheckIns}
          />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = {
  registrant: Registrant;
  competition: Props['competition'];
  /** Whether the table has a column to select people. */
  hasSelection: boolean;
  /** Whether it has a column of who has come in. */
  hasCheckIns: boolean;
};

function Row({ registrant, competition, hasSelection, hasCheckIns }: RowProps) {
  const t = useTexts('organizing');
  const common = useTexts('common');
  const { name, email, registeredAt, promotedAt, endedAt, removalReason, team } = registrant;
  const time = <LocalTime iso={endedAt ?? registeredAt} style="short" className="tabular whitespace-nowrap" />;
  return (
    <tr className="border-b border-line has-[input:checked]:bg-accent-soft">
      {hasSelection && (
        <td className="no-print w-11">
          {canBeSelected(registrant) && <SelectPerson id={registrant.registrationId} name={name} />}
        </td>
      )}
      <th scope="row" className="py-1.5 pe-2 text-start font-normal max-sm:w-full max-sm:max-w-0 sm:pe-4">
        <span className="flex items-baseline justify-between gap-3">
          <bdi className="min-w-0 text-match-parent font-semibold">{name || common('deletedAccount')}</bdi>
          <span className="shrink-0 sm:hidden">
            <RegistrantStatus registrant={registrant} />
          </span>
        </span>
        <span className="flex items-baseline justify-between gap-3 text-xs text-muted sm:hidden">
          {team ? <span /> : <bdi className="min-w-0 truncate">{email}</bdi>}
          <span className="shrink-0">{time}</span>
        </span>
        {hasCheckIns && (
          <div className="text-xs sm:hidden">
            <RegistrantCheckIn registrant={registrant} />
          </div>
        )}
        {removalReason && <bdi className="block text-match-parent text-xs text-muted sm:hidden">{removalReason}</bdi>}
        {team && (
          <div className="sm:hidden">
            <TeamMembers team={team} />
          </div>
        )}
      </th>
      {/* From here on most addresses fit in one line; narrower, they break anywhere. */}
      <td className="py-1.5 pe-4 min-w-36 max-sm:hidden lg:min-w-64">
        {team ? <TeamMembers team={team} /> : <bdi>{email}</bdi>}
      </td>
      <td className="py-1.5 pe-4 max-sm:hidden">
        <RegistrantStatus registrant={registrant} />
        {promotedAt && !endedAt && <span className="block text-xs text-muted">{t('status.promoted')}</span>}
        {endedAt && <LocalTime iso={endedAt} style="short" className="tabular ms-2 text-xs text-muted" />}
        {removalReason && <bdi className="block text-match-parent text-xs text-muted">{removalReason}</bdi>}
        {/* Narrower windows have no room for a column of its own. */}
        <div className="text-xs lg:hidden">
          <RegistrantCheckIn registrant={registrant} />
        </div>
      </td>
      {hasCheckIns && (
        <td className="py-1.5 pe-4 text-xs max-lg:hidden">
          <RegistrantCheckIn registrant={registrant} />
        </td>
      )}
      <td className="py-1.5 pe-4 max-sm:hidden">
        <LocalTime iso={registeredAt} style="short" className="tabular whitespace-nowrap" />
      </td>
      <td className="no-print h-11 w-11 text-end">
        {/* There is nobody to write to, or to give the seat back to. */}
        {registrant.endReason !== 'ERASED' && (
          <RegistrantMenu
            competition={{
              id: competition.id,
              waiting: competition.waiting,
              isCanceled: competition.status === 'cancelled',
            }}
            registrant={{
              id: registrant.registrationId,
              name,
              email,
              status: registrant.status,
              who: team ? 'TEAMS' : 'PEOPLE',
            }}
            hasAnswers={hasAnswers(registrant)}
          />
        )}
      </td>
    </tr>
  );
}

const canBeSelected = ({ status }: Registrant) => status !== 'CANCELLED';

/** Sorts by the column, and reverses the order when it is sorted by it already. */
function SortHead({
  column,
  sort,
  sortPath,
  className = '',
  children,
}: Pick<Props, 'sort' | 'sortPath'> & {
  column: 'registered' | 'name' | 'email';
  className?: string;
  children: ReactNode;
}) {
  const direction = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : 'none';
  const Arrow = direction === 'descending' ? ArrowDown : ArrowUp;
  return (
    <th scope="col" aria-sort={direction} className={`pe-4 text-start font-semibold ${className}`}>
      <Link
        href={sortPath(nextSort(sort, column))}
        scroll={false}
        className={`group inline-flex min-h-11 items-center gap-1.5 hover:text-ink ${direction === 'none' ? 'text-muted' : 'text-ink'}`}
      >
        {children}
        <Arrow
          aria-hidden="true"
          className={`no-print size-4 ${direction === 'none' ? 'opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60' : ''}`}
        />
      </Link>
    </th>
  );
}
