import type { Registrant } from '@mini-compete/shared/registrations';
import { ChevronDown } from 'lucide-react';
import { useTexts } from '#texts';
import { EntryText } from './registrant-check-in';

/** The members of a registered team, folded: a page has fifty teams. */
export function TeamMembers({ team: { members, captainId } }: { team: NonNullable<Registrant['team']> }) {
  const t = useTexts('organizing');
  const common = useTexts('common');
  return (
    <details className="group">
      <summary className="inline-flex min-h-small-control list-none items-center gap-1.5 text-sm text-muted [&::-webkit-details-marker]:hidden">
        {t('people.members', { count: members.length })}
        <ChevronDown aria-hidden="true" className="no-print size-4 transition-transform group-open:rotate-180" />
      </summary>
      <ul className="pb-2 text-sm">
        {members.map(({ userId, name, email, checkIn }) => (
          <li key={userId} className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1">
            <bdi className="wrap-anywhere">{name || common('deletedAccount')}</bdi>
            {userId === captainId && <span className="text-xs font-semibold">{t('people.captain')}</span>}
            <bdi className="min-w-0 text-muted wrap-anywhere">{email}</bdi>
            {checkIn && (
              <span className="text-xs">
                <span className="sr-only">{t('people.checkedIn')}: </span>
                <EntryText checkIn={checkIn} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
