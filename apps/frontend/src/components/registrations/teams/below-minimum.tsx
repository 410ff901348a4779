import type { Competition } from '@mini-compete/shared/competitions';
import type { Team } from '@mini-compete/shared/teams';
import { useFormats, useTexts } from '#texts';
import { Notice } from '@/components/ui/notice';

type Props = { team: Team; competition: Competition; missing: number };

/** What happens to a registered team that has become too small. */
export function BelowMinimum({ team, competition, missing }: Props) {
  const t = useTexts('team');
  const { instant } = useFormats();
  return (
    <Notice tone="warning" title={t('below.title', { count: missing })}>
      <span suppressHydrationWarning>
        {t('below.text', { min: competition.teamMin ?? 1, when: instant(team.locksAt, 'full') })}
      </span>
    </Notice>
  );
}
