'use client';

import { useRef } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';

type Props = {
  title: string;
  text: string;
  confirm: string;
  /** Of the button that confirms. */
  tone?: 'danger' | 'primary';
  /** Gets the same key each time, so that a retry has one effect. */
  request: (key: string) => Promise<void>;
  close: () => void;
};

/** Asks before a change of who belongs to a staff or a team. */
export function ConfirmDialog({ title, text, confirm, tone = 'danger', request, close }: Props) {
  const common = useTexts('common');
  const { busy, failure, run } = useSubmit();
  const key = useRef('');
  const submit = () =>
    run(() => {
      key.current ||= newIdempotencyKey();
      return request(key.current);
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={title}
      actions={
        <>
          <Button onClick={close}>{common('cancel')}</Button>
          <Button tone={tone} busy={busy} onClick={() => void submit()}>
            {confirm}
          </Button>
        </>
      }
    >
      <p>{text}</p>
      {failure && (
        <p role="alert" className="font-semibold text-error">
          {failure.titleWithDetail}
        </p>
      )}
    </Dialog>
  );
}
