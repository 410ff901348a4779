import type { RegistrationAnswers } from '@mini-compete/shared/registrations';
import { useEffect, useState } from 'react';
import { useTexts } from '#texts';
import { Notice } from '@/components/ui/notice';
import { call } from '@/lib/api/client';
import { type ApiError, isApiError } from '@/lib/api/problem';
import { getAnswers } from '@/lib/api/registrations';
import { TeamAnswersView } from '../answers/team-answers-view';

/** What the person has written, read when the application is opened: it may be long. */
export function ApplicationAnswers({
  competitionId,
  registrationId,
}: {
  competitionId: string;
  registrationId: string;
}) {
  const t = useTexts('questions');
  const common = useTexts('common');
  const [answers, setAnswers] = useState<RegistrationAnswers | ApiError | null>(null);
  useEffect(() => {
    let isShown = true;
    const show = (result: RegistrationAnswers | ApiError) => isShown && setAnswers(result);
    getAnswers(call, competitionId, registrationId).then(show, (error: unknown) => {
      if (isApiError(error)) show(error);
    });
    return () => {
      isShown = false;
    };
  }, [competitionId, registrationId]);
  return (
    <section aria-labelledby="answers-title" className="mt-6">
      <h3 id="answers-title" className="mb-3 text-lg">
        {t('staff.summary')}
      </h3>
      {answers === null ? (
        <p className="text-sm text-muted">{common('loading')}</p>
      ) : isApiError(answers) ? (
        <Notice tone="error" live="polite" title={answers.title} />
      ) : (
        <TeamAnswersView answers={answers} />
      )}
    </section>
  );
}
