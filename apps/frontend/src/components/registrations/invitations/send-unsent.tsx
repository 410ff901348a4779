'use client';

import { useRouter } from 'next/navigation';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { sendInvitations } from '@/lib/api/invitations';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';

/** For the invitations of an import without emails. Needs the texts of `invitations`. */
export function SendUnsent({ competitionId, ids }: { competitionId: string; ids: readonly string[] }) {
  const t = useTexts('invitations');
  const router = useRouter();
  const toast = useToast();
  const { busy, failure, run } = useSubmit();
  const send = () =>
    run(async () => {
      const { items } = await sendInvitations(call, competitionId, ids, newIdempotencyKey());
      toast(t('actions.sentUnsent', { count: items.filter(({ result }) => result === 'SENT').length }));
      router.refresh();
    });
  return (
    <div className="flex flex-col gap-2">
      <Button size="sm" busy={busy} onClick={() => void send()} className="self-start">
        {t('actions.sendUnsent', { count: ids.length })}
      </Button>
      {failure && (
        <p role="alert" className="text-sm font-semibold text-error">
          {failure.titleWithDetail}
        </p>
      )}
    </div>
  );
}
