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
import { useAct } from '@/lib/forms/use-submit';
import { competitionPath } from '@/lib/paths';
import { DeliveryWay } from './delivery-status';

/** One message. Opening it marks it read, once; it can be marked unread again. */
export function MessageView({ message, back }: { message: MailboxMessage; back: string }) {
  const router = useRouter();
  const toast = useToast();
  const heading = useRef<HTMLHeadingElement>(null);
  const marked = useRef(false);
  const { busy, run } = useAct();
  const { id, readAt } = message;
  // What was pressed is in another pane: the reader stands at what it opened.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (readAt !== null || marked.current) return;
    marked.current = true;
    // Not read yet is no harm: the next opening marks it.
    markMessage(call, id, true).then(
      () => router.refresh(),
      () => undefined,
    );
  }, [id, readAt, router]);
  const keepUnread = () =>
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
        <Button tone="quiet" busy={busy} onClick={() => void keepUnread()}>
          Mark as unread
        </Button>
      </div>
      <div className="mt-8 border-t border-line pt-5">
        <DeliveryWay message={message} />
      </div>
    </article>
  );
}
