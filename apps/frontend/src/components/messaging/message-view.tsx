'use client';

import { directionOf } from '@mini-compete/shared/languages';
import type { MailboxMessage, MessageKind } from '@mini-compete/shared/mailbox';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useTexts } from '#texts';
import { BackLink } from '@/components/ui/back-link';
import { Button, ButtonLink } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { markMessage } from '@/lib/api/mailbox';
import { useSubmit } from '@/lib/forms/use-submit';
import { ticketPath } from '@/lib/paths';
import { DeliveryText } from './delivery-status';

const ACTIONS = {
  HELD: 'confirmSeat',
  HOLD_ENDING: 'confirmSeat',
  NEW_SIGN_IN: 'reviewSessions',
  ADDRESS_CHANGED: 'openProfile',
  STAFF_INVITED: 'viewInvitation',
  INVITED: 'viewInvitation',
  STAFF_JOINED: 'viewStaff',
  STAFF_ROLE_CHANGED: 'manage',
  TEAM_JOINED: 'viewTeam',
  TEAM_CHANGED: 'viewTeam',
  TEAM_BELOW_MINIMUM: 'viewTeam',
} as const satisfies Partial<Record<MessageKind, string>>;
/** About a seat: the page says it if the person has none anymore. */
const WITH_TICKET: ReadonlySet<MessageKind> = new Set(['CONFIRMED', 'PROMOTED', 'REMINDER']);
function actionOf({ kind, isForCaptain }: MailboxMessage) {
  const action = kind in ACTIONS ? ACTIONS[kind as keyof typeof ACTIONS] : 'viewCompetition';
  return action === 'confirmSeat' && isForCaptain ? 'viewCompetition' : action;
}

/** Marks the message as read when it is opened. */
export function MessageView({ message, back }: { message: MailboxMessage; back: string }) {
  const t = useTexts('mailbox');
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
      toast(t('markedUnread'));
      router.push(back, { scroll: false });
      router.refresh();
    });
  return (
    <article aria-labelledby="message-title" className="pt-2 pb-10 lg:pt-8">
      <BackLink href={back} className="mb-6 lg:hidden">
        {t('back')}
      </BackLink>
      <h2 id="message-title" ref={heading} tabIndex={-1} className="text-xl outline-none">
        <bdi lang={message.language}>{message.title}</bdi>
      </h2>
      <p className="mt-1.5 text-sm text-muted">
        <LocalTime iso={message.createdAt} />
      </p>
      {message.html === null ? (
        <div
          lang={message.language}
          dir={directionOf(message.language)}
          className="prose mt-6 whitespace-pre-line text-start"
        >
          {message.text.split(/\n{2,}/).map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
      ) : (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: the API renders allowed elements only
        <div dir="auto" className="prose mt-6" dangerouslySetInnerHTML={{ __html: message.html }} />
      )}
      <div className="no-print mt-8 flex flex-wrap gap-x-5 gap-y-3">
        {message.competitionId !== null && WITH_TICKET.has(message.kind) && (
          <ButtonLink tone="primary" href={ticketPath(message.competitionId)} prefetch={false}>
            {t('showTicket')}
          </ButtonLink>
        )}
        <ButtonLink href={message.path}>{t(actionOf(message))}</ButtonLink>
        <Button tone="ghost" busy={busy} onClick={() => void markUnread()}>
          {t('markUnread')}
        </Button>
      </div>
      <div className="mt-8 border-t border-line pt-5">
        <DeliveryText message={message} />
      </div>
    </article>
  );
}
