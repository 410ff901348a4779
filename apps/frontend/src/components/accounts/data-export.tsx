'use client';

import type { AccountExport } from '@mini-compete/shared/privacy';
import { useRouter } from 'next/navigation';
import { useFormats, useTexts } from '#texts';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { Button } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { call } from '@/lib/api/client';
import { EXPORT_FILE, requestExport } from '@/lib/api/privacy';
import { useSubmit } from '@/lib/forms/use-submit';

/** Requests a file with everything that is stored about the person, and offers it once it is ready. */
export function DataExport({ state, requestedAt, expiresAt }: AccountExport) {
  const t = useTexts('accounts');
  const { instant } = useFormats();
  const router = useRouter();
  const { busy, failure, run } = useSubmit();
  const request = () =>
    run(async () => {
      await requestExport(call);
      router.refresh();
    });
  return (
    <div className="flex flex-col items-start gap-4">
      <FormSummary failure={failure?.title ?? null} />
      <p role="status" suppressHydrationWarning className="text-sm text-muted empty:hidden">
        {state === 'running' && t('data.running')}
        {state === 'ready' &&
          t('data.ready', {
            requested: requestedAt ? instant(requestedAt, 'full') : '',
            until: expiresAt ? instant(expiresAt, 'full') : '',
          })}
      </p>
      {state === 'running' && <AutoRefresh seconds={3} />}
      <div className="flex flex-wrap gap-3">
        {state === 'ready' && (
          <a href={EXPORT_FILE} download className="link font-semibold">
            {t('data.download')}
          </a>
        )}
        {state !== 'running' && (
          <Button busy={busy} onClick={() => void request()}>
            {state === 'ready' ? t('data.requestAgain') : t('data.request')}
          </Button>
        )}
      </div>
    </div>
  );
}
