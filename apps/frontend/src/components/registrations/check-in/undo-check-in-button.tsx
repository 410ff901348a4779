'use client';

import type { ScannedPerson } from '@mini-compete/shared/check-ins';
import { useRef } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { undoCheckIn } from '@/lib/api/check-in';
import { call } from '@/lib/api/client';
import { isApiError } from '@/lib/api/problem';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';

type Props = { competitionId: string; person: ScannedPerson; done: () => void };

export function UndoCheckInButton({ competitionId, person, done }: Props) {
  const t = useTexts('checkInDay');
  const toast = useToast();
  const key = useRef('');
  const { busy, run } = useSubmit();
  const { registrationId, userId, name } = person;
  const undo = () =>
    run(async () => {
      key.current ||= newIdempotencyKey();
      try {
        await undoCheckIn(call, competitionId, { registrationId, userId }, key.current);
        toast(t('latest.undone', { name }));
      } catch (error) {
        if (isApiError(error)) toast(error.title);
        throw error;
      }
      done();
    });
  return (
    <Button tone="ghost" size="sm" busy={busy} onClick={() => void undo()} aria-label={t('latest.undoLabel', { name })}>
      {t('latest.undo')}
    </Button>
  );
}
