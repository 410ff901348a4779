'use client';

import type { StaffMember } from '@mini-compete/shared/staff';
import { useTexts } from '#texts';
import { MEMBERS_ID, Member } from './member';

type Props = {
  competition: { id: string; title: string };
  members: readonly StaffMember[];
  /** Of the reader. */
  userId: string;
  canManage: boolean;
};

/** The members of the staff. Needs the texts of `staff`. */
export function MemberList({ members, ...rest }: Props) {
  const t = useTexts('staff');
  return (
    <section aria-labelledby={MEMBERS_ID}>
      <h2 id={MEMBERS_ID} tabIndex={-1} className="text-lg outline-none">
        {t('members.title', { count: members.length })}
      </h2>
      <ul className="mt-4 border-t border-line">
        {members.map((member) => (
          <Member key={member.id} member={member} {...rest} />
        ))}
      </ul>
    </section>
  );
}
