import type { Competition } from '@mini-compete/shared/competitions';
import type { CompetitionStatus } from '@mini-compete/shared/seats';
import { useFormats, useTexts } from '#texts';

/** For people without a team: how taking part works. */
export function TeamIntro({ competition, status }: { competition: Competition; status: CompetitionStatus }) {
  const { teamMin, teamMax } = competition;
  const t = useTexts('teamPanel');
  const { teamSize } = useFormats();
  if (status === 'closed' || status === 'cancelled') return null;
  return (
    <div className="border-t border-line pt-4">
      <h2 className="text-lg">{t('find.title')}</h2>
      <p className="mt-1 text-sm text-muted">
        {teamSize(teamMin ?? 1, teamMax ?? 1)}. {t('find.text')}
      </p>
    </div>
  );
}
