'use client';

import type { UnknownMessage } from '@mini-compete/shared/admin';
import { useRouter } from 'next/navigation';
import { Empty } from '@/components/seats/empty-state';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { useToast } from '@/components/ui/toast';
import { settleUnknown } from '@/lib/api/admin';
import { call } from '@/lib/api/client';
import { useAct } from '@/lib/forms/use-submit';

/** A worker died while these went out: nobody knows whether they arrived, so a person says what to do. */
export function UnknownMessages({ messages }: { messages: readonly UnknownMessage[] }) {
  const router = useRouter();
  const toast = useToast();
  const { busy, failure, run } = useAct();
  const settle = (id: string, as: 'sent' | 'resend') =>
    run(async () => {
      await settleUnknown(call, id, as);
      toast(as === 'sent' ? 'Counts as sent.' : 'It goes out once more.');
      router.refresh();
    });
  if (messages.length === 0)
    return (
      <Empty title="Nothing is unclear">
        When a worker dies in the middle of sending, its message stands here instead of being sent a second time.
      </Empty>
    );
  return (
    <>
      {failure && (
        <p role="alert" className="mb-4 font-semibold text-closed">
          {failure.title}
        </p>
      )}
      <ul className="border-t border-line">
        {messages.map((message) => (
          <li key={message.id} className="flex flex-wrap items-start justify-between gap-4 border-b border-line py-4">
            <div className="min-w-0 text-sm">
              <p className="text-base font-semibold">{message.title}</p>
              <p className="text-muted">
                to <span className="font-mono">{message.recipient}</span>, began to go out{' '}
                <LocalTime iso={message.sendingAt} style="short" />
              </p>
            </div>
            <div className="flex gap-3">
              <Button size="sm" busy={busy} onClick={() => void settle(message.id, 'sent')}>
                It has arrived
              </Button>
              <Button size="sm" tone="primary" busy={busy} onClick={() => void settle(message.id, 'resend')}>
                Send again
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
