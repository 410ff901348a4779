'use client';

import { UNDO_SECONDS } from '@mini-compete/shared/undo';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { UNDO_BAR_ID } from '@/components/competitions/acts/undo-bar-id';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { call } from '@/lib/api/client';
import { removeSeveral } from '@/lib/api/registrations';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';

type Props = { competitionId: string; ids: readonly string[]; close: (isRemoved: boolean) => void };

/** States the effect and asks for the reason. Nothing is done yet then: the bar at the bottom offers to undo it. */
export function RemoveSeveralDialog({ competitionId, ids, close }: Props) {
  const t = useTexts('registrants');
  const common = useTexts('common');
  const router = useRouter();
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const request = useRef({ reason: '', key: '' });
  const isStarted = useRef(false);
  useEffect(
    () => () => {
      // The button that opened the dialog is gone by then, and there are ten seconds to undo it.
      if (isStarted.current) setTimeout(() => document.getElementById(UNDO_BAR_ID)?.focus());
    },
    [],
  );
  const { busy, failure, run } = useSubmit();
  const count = ids.length;
  const remove = () => {
    const text = reason.trim();
    if (text === '') return setIsMissing(true);
    // Another reason is another request, which needs a key of its own.
    if (request.current.reason !== text) request.current = { reason: text, key: newIdempotencyKey() };
    void run(async () => {
      await removeSeveral(call, competitionId, ids, text, request.current.key);
      isStarted.current = true;
      close(true);
      router.refresh();
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close(false)}
      title={t('removeSeveral.title', { count })}
      actions={
        <>
          <Button onClick={() => close(false)}>{common('cancel')}</Button>
          <Button tone="danger" busy={busy} onClick={remove}>
            {t('removeSeveral.confirm', { count })}
          </Button>
        </>
      }
    >
      <p>{t('removeSeveral.effect', { count })}</p>
      <p className="text-muted">{t('removeSeveral.undo', { seconds: UNDO_SECONDS })}</p>
      <Field
        id="removal-reason"
        label={t('removeDialog.reason')}
        help={t('removeSeveral.reasonHelp')}
        error={isMissing && reason.trim() === '' ? t('removeDialog.reasonMissing') : failure?.fields.get('reason')}
      >
        {(control) => (
          <Input {...control} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      {failure && failure.fields.size === 0 && (
        <p role="alert" className="font-semibold text-error">
          {failure.title}
        </p>
      )}
    </Dialog>
  );
}
