'use client';

import type { Invitation } from '@mini-compete/shared/invitations';
import { Copy } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { ConfirmDialog } from '@/components/competitions/staff/confirm-dialog';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { sendInvitations, withdrawInvitations } from '@/lib/api/invitations';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';

/** The heading of the list, which gets the focus when the buttons that had it disappear. */
export const LIST_ID = 'invitations-list';

type Props = { competitionId: string; invitation: Pick<Invitation, 'id' | 'email' | 'link' | 'sentAt'> };

/** What can be done with an open invitation. Needs the texts of `invitations`. */
export function InvitationActions({ competitionId, invitation: { id, email, link, sentAt } }: Props) {
  const t = useTexts('invitations');
  const router = useRouter();
  const toast = useToast();
  const { busy, failure, run } = useSubmit();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  /** Shown when the browser refuses to copy. */
  const [isLinkShown, setLinkShown] = useState(false);
  const withdrawn = useRef(false);
  useEffect(
    () => () => {
      if (withdrawn.current) document.getElementById(LIST_ID)?.focus();
    },
    [],
  );
  const send = () =>
    run(async () => {
      const { items } = await sendInvitations(call, competitionId, [id], newIdempotencyKey());
      const code = items[0]?.code;
      setRefusal(code === undefined ? null : t(`actions.refusal.${code}`));
      if (code === undefined) toast(t('actions.sent', { email }));
      router.refresh();
    });
  const withdraw = async (key: string) => {
    const { items } = await withdrawInvitations(call, competitionId, [id], key);
    const code = items[0]?.code;
    setAsking(false);
    setRefusal(code === undefined ? null : t(`actions.refusal.${code}`));
    if (code === undefined) {
      withdrawn.current = true;
      toast(t('actions.withdrawn', { email }));
    }
    router.refresh();
  };
  const copy = (text: string) =>
    navigator.clipboard.writeText(text).then(
      () => toast(t('actions.copied')),
      () => setLinkShown(true),
    );
  const problem = failure?.titleWithDetail ?? refusal;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-x-3 gap-y-2">
        {link !== null && (
          <Button
            size="sm"
            icon={<Copy aria-hidden="true" className="size-4" />}
            aria-label={t('actions.copyFor', { email })}
            onClick={() => void copy(link)}
          >
            {t('actions.copy')}
          </Button>
        )}
        <Button
          size="sm"
          busy={busy}
          aria-label={t(sentAt === null ? 'actions.sendTo' : 'actions.resendTo', { email })}
          onClick={() => void send()}
        >
          {t(sentAt === null ? 'actions.send' : 'actions.resend')}
        </Button>
        <Button
          size="sm"
          tone="ghost"
          aria-label={t('actions.withdrawFrom', { email })}
          onClick={() => setAsking(true)}
        >
          {t('actions.withdraw')}
        </Button>
      </div>
      {isLinkShown && link !== null && (
        <input
          readOnly
          dir="ltr"
          aria-label={t('actions.copyFor', { email })}
          value={link}
          onFocus={(event) => event.target.select()}
          className="min-h-11 w-full truncate rounded-md border border-line bg-sunken px-3.5 text-sm"
        />
      )}
      {problem && (
        <p role="alert" className="text-sm font-semibold text-error">
          {problem}
        </p>
      )}
      {asking && (
        <ConfirmDialog
          title={t('actions.withdrawTitle')}
          text={t('actions.withdrawText', { email })}
          confirm={t('actions.withdrawConfirm')}
          request={withdraw}
          close={() => setAsking(false)}
        />
      )}
    </div>
  );
}
