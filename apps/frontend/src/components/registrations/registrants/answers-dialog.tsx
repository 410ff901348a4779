'use client';

import type { RegistrationAnswers } from '@mini-compete/shared/registrations';
import { useEffect, useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { call } from '@/lib/api/client';
import { type ApiError, isApiError } from '@/lib/api/problem';
import { getAnswers } from '@/lib/api/registrations';
import { TeamAnswersView } from '../answers/team-answers-view';
import type { MenuRegistrant } from './remove-dialog';

/** Only where something is asked are its texts on the page. */
export const ShowAnswersText = () => useTexts('questions')('staff.show');

export function AnswersDialog({
  competitionId,
  registrant: { id, name },
  close,
}: {
  competitionId: string;
  registrant: MenuRegistrant;
  close: () => void;
}) {
  const t = useTexts('questions');
  const common = useTexts('common');
  const [answers, setAnswers] = useState<RegistrationAnswers | ApiError | null>(null);
  useEffect(() => {
    getAnswers(call, competitionId, id).then(setAnswers, (error: unknown) => {
      if (isApiError(error)) setAnswers(error);
    });
  }, [competitionId, id]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('staff.dialog', { name: name || common('deletedAccount') })}
      actions={<Button onClick={close}>{common('close')}</Button>}
    >
      {answers === null ? (
        <p role="status" className="text-muted">
          {common('loading')}
        </p>
      ) : isApiError(answers) ? (
        <Notice tone="error" live="polite" title={answers.title} />
      ) : (
        <TeamAnswersView answers={answers} />
      )}
    </Dialog>
  );
}
