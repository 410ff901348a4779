'use client';

import type { UnknownMessage } from '@mini-compete/shared/admin';
import { useRouter } from 'next/navigation';
import { useFormats, useTexts } from '#texts';
import { EmptyState } from '@/components/seats/empty-state';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { resolveUnknownMessage } from '@/lib/api/admin';
import { call } from '@/lib/api/client';
import { useSubmit } from '@/lib/forms/use-submit';

/** Messages whose worker died while sending: it is unknown whether they were delivered, so an admin decides. */
export function UnknownMessages({ messages }: { messages: readonly UnknownMessage[] }) {
  const t = useTexts('console');
  const { instant } = useFormats();
  const router = useRouter();
  const toast = useToast();
  const { busy, failure, run } = useSubmit();
  const resolve = (id: string, as: 'sent' | 'resend') =>
    run(async () => {
      await resolveUnknownMessage(call, id, as);
      toast(t(as === 'sent' ? 'unknown.markedSent' : 'unknown.willResend'));
      router.refresh();
    });
  if (messages.length === 0) return <EmptyState title={t('unknown.emptyTitle')}>{t('unknown.emptyText')}</EmptyState>;
  return (
    <>
      {failure && (
        <p role="alert" className="mb-4 font-semibold text-error">
          {failure.title}
        </p>
      )}
      <ul className="border-t border-line">
        {messages.map((message) => (
          <li key={message.id} className="flex flex-wrap items-start justify-between gap-4 border-b border-line py-4">
            <div className="min-w-0 text-sm">
              <p className="text-base font-semibold">
                <bdi>{message.title}</bdi>
              </p>
              <p className="text-muted" suppressHydrationWarning>
                {t('unknown.sending', { recipient: message.recipient, time: instant(message.sendingAt, 'short') })}
              </p>
            </div>
            <div className="flex gap-3">
              <Button size="sm" busy={busy} onClick={() => void resolve(message.id, 'sent')}>
                {t('unknown.arrived')}
              </Button>
              <Button size="sm" busy={busy} onClick={() => void resolve(message.id, 'resend')}>
                {t('unknown.resend')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
