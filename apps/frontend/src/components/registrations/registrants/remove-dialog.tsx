'use client';

import type { RegistrationStatus } from '@mini-compete/shared/seats';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { removeRegistrant } from '@/lib/api/registrations';
import { useSubmit } from '@/lib/forms/use-submit';

/** What the menu of a person needs to know of them. */
export type MenuRegistrant = { id: string; name: string; email: string; status: RegistrationStatus };

type Props = {
  competition: { id: string; waiting: number };
  registrant: MenuRegistrant;
  close: (isRemoved: boolean) => void;
};

/** The message to the removed person contains the reason, so it is required. */
export function RemoveDialog({ competition, registrant: { id, name, status }, close }: Props) {
  const t = useTexts('registrants');
  const common = useTexts('common');
  const router = useRouter();
  const toast = useToast();
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const { busy, failure, run } = useSubmit();
  const remove = () => {
    if (reason.trim() === '') return setIsMissing(true);
    void run(async () => {
      await removeRegistrant(call, competition.id, id, reason.trim());
      toast(t('removeDialog.done', { name }));
      close(true);
      router.refresh();
    });
  };
  const effect =
    status === 'WAITLISTED'
      ? t('removeDialog.position')
      : competition.waiting > 0
        ? t('removeDialog.seatToNext')
        : t('removeDialog.seat');
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close(false)}
      title={t('removeDialog.title', { name })}
      actions={
        <>
          <Button onClick={() => close(false)}>{common('cancel')}</Button>
          <Button tone="danger" busy={busy} onClick={remove}>
            {t('removeDialog.confirm')}
          </Button>
        </>
      }
    >
      <p>
        {effect} {t('removeDialog.consequence')}
      </p>
      <Field
        id="removal-reason"
        label={t('removeDialog.reason')}
        help={t('removeDialog.reasonHelp')}
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
