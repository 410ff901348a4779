'use client';

import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { call } from '@/lib/api/client';
import { acceptStaffInvitation } from '@/lib/api/staff';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';

/** Needs the texts of `staffInvitation`. */
export function AcceptInvitation({ token }: { token: string }) {
  const t = useTexts('staffInvitation');
  const router = useRouter();
  const key = useRef('');
  const { busy, failure, run } = useSubmit();
  const accept = () =>
    run(async () => {
      key.current ||= newIdempotencyKey();
      const { competitionId } = await acceptStaffInvitation(call, token, key.current);
      router.replace(`/organize/${competitionId}`);
      // The header now has a link to the competitions.
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
