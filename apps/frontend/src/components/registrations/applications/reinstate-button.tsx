import type { Application } from '@mini-compete/shared/applications';
import { Undo2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { reinstate } from '@/lib/api/registrations';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';

/** Also long after the message has gone out. */
export function ReinstateButton({ competitionId, application }: { competitionId: string; application: Application }) {
  const t = useTexts('applications');
  const router = useRouter();
  const toast = useToast();
  const key = useRef('');
  const { busy, failure, run } = useSubmit();
  const { registrationId, name } = application;
  const undo = () =>
    run(async () => {
      key.current ||= newIdempotencyKey();
      await reinstate(call, competitionId, registrationId, key.current);
      toast(t('detail.reinstated', { name }));
      router.refresh();
    });
  return (
    <div className="mt-5 border-y border-line py-4">
      <Button
        size="sm"
        busy={busy}
        aria-describedby="reinstate-effect"
        icon={<Undo2 aria-hidden="true" className="size-4 rtl:-scale-x-100" />}
        onClick={() => void undo()}
      >
        {t('detail.reinstate')}
      </Button>
      <p id="reinstate-effect" className="mt-2 text-sm text-muted">
        {t('detail.reinstateHelp')}
      </p>
      {failure && (
        <p role="alert" className="mt-2 text-sm font-semibold text-error">
          {failure.problem.detail ?? failure.title}
        </p>
      )}
    </div>
  );
}
