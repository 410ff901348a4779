import type { Competition } from '@mini-compete/shared/competitions';
import { useTexts } from '#texts';
import { ButtonLink } from '@/components/ui/button';
import { competitionPath } from '@/lib/paths';

/** What the form for a new competition does not ask, and this one has not got yet. */
export function NextSteps({ competition: { id, questions, cover } }: { competition: Competition }) {
  const t = useTexts('organizing');
  const settings = `${competitionPath(id)}/edit`;
  return (
    <>
      {!questions?.length && (
        <ButtonLink size="sm" href={`${settings}#questions`}>
          {t('manage.addQuestions')}
        </ButtonLink>
      )}
      {!cover && (
        <ButtonLink size="sm" href={`${settings}#cover`}>
          {t('manage.addCover')}
        </ButtonLink>
      )}
    </>
  );
}
