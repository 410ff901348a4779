import { useTexts } from '#texts';
import type { ApiError } from '@/lib/api/problem';

/** Why the team could not be registered, naming the member whom it is about. */
export function TeamRefusal({ error, waitlist }: { error: ApiError; waitlist: boolean }) {
  const t = useTexts('teamPanel');
  const { member } = error.problem;
  if (error.code === 'TEAM_MEMBER_INELIGIBLE' && member)
    return t.rich(`refused.${member.reason}`, { member: member.name, name: (chunks) => <bdi>{chunks}</bdi> });
  return error.code === 'COMPETITION_FULL' && waitlist ? t('refused.full') : null;
}
