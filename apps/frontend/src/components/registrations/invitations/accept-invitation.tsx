'use client';

import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { redeemInvitation } from '@/lib/api/invitations';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { competitionPath } from '@/lib/paths';

/** Needs the texts of `invitation`. */
export function AcceptInvitation({ token, title }: { token: string; title: string }) {
  const t = useTexts('invitation');
  const router = useRouter();
  const toast = useToast();
  const key = useRef('');
  const { busy, failure, run } = useSubmit();
  const accept = () =>
    run(async () => {
      key.current ||= newIdempotencyKey();
      const { competitionId } = await redeemInvitation(call, token, key.current);
      toast(t('accepted', { title }));
      router.replace(competitionPath(competitionId));
      router.refresh();
    });
  return (
    <div className="mt-6 flex flex-col gap-4">
      <FormSummary failure={failure?.titleWithDetail} />
      <Button tone="primary" size="lg" busy={busy} onClick={() => void accept()} className="sm:self-start">
        {t('accept')}
      </Button>
    </div>
  );
}
