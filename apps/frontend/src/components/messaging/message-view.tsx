'use client';

import type { MailboxMessage } from '@mini-compete/shared/mailbox';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { markMessage } from '@/lib/api/mailbox';
import { useSubmit } from '@/lib/forms/use-submit';
import { competitionPath } from '@/lib/paths';
import { DeliveryDetails } from './delivery-status';

/** Marks the message as read when it is opened. */
export function MessageView({ message, back }: { message: MailboxMessage; back: string }) {
  const router = useRouter();
  const toast = useToast();
  const heading = useRef<HTMLHeadingElement>(null);
  const marked = useRef(false);
  const { busy, run } = useSubmit();
  const { id, readAt } = message;
  // The clicked link is in the other pane: move the keyboard focus to the opened message.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (readAt !== null || marked.current) return;
    marked.current = true;
    // If this fails, the message is marked when it is opened again.
    markMessage(call, id, true).then(
      () => router.refresh(),
      () => undefined,
    );
  }, [id, readAt, router]);
  const markUnread = () =>
    run(async () => {
      await markMessage(call, id, false);
      toast('The message counts as unread again.');
      router.push(back, { scroll: false });
      router.refresh();
    });
  return (
    <article aria-labelledby="message-title" className="pt-2 pb-10 lg:pt-8">
      <Link href={back} className="link mb-6 inline-block text-sm text-muted lg:hidden">
        All messages
      </Link>
      <h2 id="message-title" ref={heading} tabIndex={-1} className="text-xl outline-none">
        {message.title}
      </h2>
      <p className="mt-1.5 text-sm text-muted">
        <LocalTime iso={message.createdAt} />
      </p>
      <div className="prose mt-6 whitespace-pre-line">
        {message.text.split(/\n{2,}/).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <div className="no-print mt-8 flex flex-wrap gap-3">
        {message.competitionId && (
          <ButtonLink href={competitionPath(message.competitionId)}>See the competition</ButtonLink>
        )}
        <Button tone="ghost" busy={busy} onClick={() => void markUnread()}>
          Mark as unread
        </Button>
      </div>
      <div className="mt-8 border-t border-line pt-5">
        <DeliveryDetails message={message} />
      </div>
    </article>
  );
}
