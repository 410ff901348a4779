'use client';

import type { Session } from '@mini-compete/shared/auth';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { StatusLabel } from '@/components/ui/status-label';
import { useToast } from '@/components/ui/toast';
import { endSession } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { useSubmit } from '@/lib/forms/use-submit';

export function SessionList({ sessions }: { sessions: readonly Session[] }) {
  const t = useTexts('accounts');
  const { instant } = useFormats();
  const router = useRouter();
  const toast = useToast();
  const [selected, setSelected] = useState<Session | null>(null);
  const { busy, failure, run } = useSubmit();
  const end = (session: Session) =>
    run(async () => {
      await endSession(call, session.id);
      setSelected(null);
      toast(t('session.ended', { device: session.device }));
      router.refresh();
    });
  return (
    <>
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4 first:pt-0 last:pb-0"
          >
            <div>
              <p className="flex flex-wrap items-center gap-x-3 font-semibold">
                {session.device}
                {session.current && (
                  <StatusLabel tone="success" shape="disc">
                    {t('session.current')}
                  </StatusLabel>
                )}
              </p>
              <p className="text-sm text-muted" suppressHydrationWarning>
                {t('session.lastUsed', { address: session.address, time: instant(session.lastUsedAt, 'full') })}
              </p>
              <p className="text-sm text-muted" suppressHydrationWarning>
                {t('session.since', { time: instant(session.createdAt, 'full') })}
              </p>
            </div>
            {!session.current && (
              <Button
                size="sm"
                onClick={() => setSelected(session)}
                aria-label={t('session.endLabel', { device: session.device })}
              >
                {t('session.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Dialog
        open={selected !== null}
        onOpenChange={(open) => !open && setSelected(null)}
        title={t('session.endTitle', { device: selected?.device ?? '' })}
        actions={
          <>
            <Button onClick={() => setSelected(null)}>{t('session.keep')}</Button>
            <Button tone="danger" busy={busy} onClick={() => selected && void end(selected)}>
              {t('session.end')}
            </Button>
          </>
        }
      >
        <p>{t('session.endText')}</p>
        {failure && (
          <p role="alert" className="text-error">
            {failure.title}
          </p>
        )}
      </Dialog>
    </>
  );
}
