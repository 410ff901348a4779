import type { QuestionKind } from '@mini-compete/shared/questions';
import { useTexts } from '#texts';

/** What to show for an answer as filters name it. Needs the texts of `questions`. */
export function useAnswerText(): (kind: QuestionKind, value: string) => string {
  const t = useTexts('questions');
  return (kind, value) => {
    if (kind === 'YES_NO') return t(value === 'true' ? 'yes' : 'no');
    return kind === 'CONSENT' ? t('given') : value;
  };
}
