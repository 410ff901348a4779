'use client';

import { type ReactNode, useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useSubmit } from '@/lib/forms/use-submit';

type Props = {
  title: string;
  confirm: string;
  reasonHelp: string;
  who: 'PEOPLE' | 'TEAMS';
  /** States the effect. */
  children: ReactNode;
  request: (reason: string) => Promise<void>;
  close: () => void;
};

/** The message to a removed person contains the reason, so it is required. */
export function RemovalDialog({ title, confirm, reasonHelp, who, children, request, close }: Props) {
  const t = useTexts('registrants');
  const common = useTexts('common');
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const { busy, failure, run } = useSubmit();
  const remove = () => {
    const text = reason.trim();
    if (text === '') return setIsMissing(true);
    void run(() => request(text));
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={title}
      actions={
        <>
          <Button onClick={close}>{common('cancel')}</Button>
          <Button tone="danger" busy={busy} onClick={remove}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      <Field
        id="removal-reason"
        label={t('removeDialog.reason')}
        help={reasonHelp}
        error={
          isMissing && reason.trim() === '' ? t('removeDialog.reasonMissing', { who }) : failure?.fields.get('reason')
        }
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
