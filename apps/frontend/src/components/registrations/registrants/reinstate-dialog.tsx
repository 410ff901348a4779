'use client';

import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { reinstate } from '@/lib/api/registrations';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import type { MenuRegistrant } from './remove-dialog';

type Props = { competitionId: string; registrant: MenuRegistrant; close: (isReinstated: boolean) => void };

/** The person gets a message, so it is asked for once more. */
export function ReinstateDialog({ competitionId, registrant: { id, name, who }, close }: Props) {
  const t = useTexts('registrants');
  const common = useTexts('common');
  const router = useRouter();
  const toast = useToast();
  const key = useRef('');
  const { busy, failure, run } = useSubmit();
  const confirm = () =>
    run(async () => {
      key.current ||= newIdempotencyKey();
      const { status } = await reinstate(call, competitionId, id, key.current);
      toast(status === 'WAITLISTED' ? t('reinstateDialog.waiting', { name }) : t('reinstateDialog.seated', { name }));
      close(true);
      router.refresh();
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close(false)}
      title={t('reinstateDialog.title', { name })}
      actions={
        <>
          <Button onClick={() => close(false)}>{common('cancel')}</Button>
          <Button tone="primary" busy={busy} onClick={() => void confirm()}>
            {t('reinstateDialog.confirm')}
          </Button>
        </>
      }
    >
      <p>{t(who === 'TEAMS' ? 'reinstateDialog.textTeam' : 'reinstateDialog.text')}</p>
      {failure && (
        <p role="alert" className="font-semibold text-error">
          {failure.problem.detail ?? failure.title}
        </p>
      )}
    </Dialog>
  );
}
