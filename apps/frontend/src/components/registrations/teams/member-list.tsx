import type { Team } from '@mini-compete/shared/teams';
import { CircleAlert, Crown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import { verifyEmailPath } from '@/lib/paths';
import type { Member } from './team-facts';

type Props = {
  team: Team;
  userId: string;
  /** Where the reader comes back to after verifying the address, and where the questions for members are. */
  page: string;
  /** What can be done with a member. */
  actions?: (member: Member) => ReactNode;
};

/** The members, longest-serving first, each with what stands in the way of registering the team. */
export function MemberList({ team, userId, page, actions }: Props) {
  const t = useTexts('team');
  return (
    <ul aria-label={t('members')} className="border-t border-line">
      {team.members.map((member) => (
        <li
          key={member.userId}
          className="flex items-center justify-between gap-x-4 gap-y-1 border-b border-line py-2.5 max-sm:flex-col max-sm:items-start"
        >
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5">
              <bdi className="min-w-0 font-semibold wrap-anywhere">{member.name}</bdi>
              {member.userId === userId && <span className="text-sm text-muted">({t('you')})</span>}
              {member.userId === team.captainId && (
                <span className="inline-flex items-center gap-1 rounded-sm bg-accent-soft px-1.5 py-0.5 text-xs font-semibold">
                  <Crown aria-hidden="true" className="size-3.5" />
                  {t('captain')}
                </span>
              )}
            </p>
            {member.ineligible && <Ineligible member={member} isMe={member.userId === userId} page={page} />}
          </div>
          {actions?.(member)}
        </li>
      ))}
    </ul>
  );
}

function Ineligible({ member: { ineligible }, isMe, page }: { member: Member; isMe: boolean; page: string }) {
  const t = useTexts('team');
  if (ineligible === null) return null;
  const href = ineligible === 'ANSWERS_MISSING' ? `${page}#answers` : verifyEmailPath(page);
  return (
    <p className="mt-0.5 flex items-start gap-1.5 text-sm text-warning">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>
        {isMe && (ineligible === 'ANSWERS_MISSING' || ineligible === 'EMAIL_NOT_VERIFIED')
          ? t.rich(`mine.${ineligible}`, {
              link: (text) => (
                <a href={href} className="link font-semibold">
                  {text}
                </a>
              ),
            })
          : t(`ineligible.${ineligible}`)}
      </span>
    </p>
  );
}
