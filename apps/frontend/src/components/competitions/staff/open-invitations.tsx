'use client';

import type { StaffInvitation } from '@mini-compete/shared/staff';
import { Copy } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { inviteStaff, withdrawInvitation } from '@/lib/api/staff';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { MEMBERS_ID } from './member';

type Props = { competitionId: string; invitations: readonly StaffInvitation[]; canManage: boolean };

/** Needs the texts of `staff`. */
export function OpenInvitations({ competitionId, invitations, canManage }: Props) {
  const t = useTexts('staff');
  return (
    <section aria-labelledby="staff-invitations">
      <h2 id="staff-invitations" className="text-lg">
        {t('invitations.title', { count: invitations.length })}
      </h2>
      <ul className="mt-4 border-t border-line">
        {invitations.map((invitation) => (
          <Invitation key={invitation.id} competitionId={competitionId} invitation={invitation} canManage={canManage} />
        ))}
      </ul>
    </section>
  );
}

type InvitationProps = { competitionId: string; invitation: StaffInvitation; canManage: boolean };

function Invitation({ competitionId, invitation, canManage }: InvitationProps) {
  const t = useTexts('staff');
  const common = useTexts('common');
  const { instant } = useFormats();
  const { email, role, invitedBy, expiresAt } = invitation;
  return (
    <li className="flex flex-col gap-3 border-b border-line py-4">
      <div className="min-w-0">
        <p className="font-semibold wrap-anywhere">
          <bdi dir="ltr">{email}</bdi>
        </p>
        <p className="text-sm text-muted" suppressHydrationWarning>
          {common(`staffRole.${role}`)} · {t('invitations.expires', { when: instant(expiresAt, 'short') })}
        </p>
        {invitedBy !== null && (
          <p className="text-sm text-muted">
            {t.rich('invitations.by', { name: invitedBy, n: (name) => <bdi>{name}</bdi> })}
          </p>
        )}
      </div>
      {canManage && <Actions competitionId={competitionId} invitation={invitation} />}
    </li>
  );
}

function Actions({ competitionId, invitation: { id, email, role, link } }: Omit<InvitationProps, 'canManage'>) {
  const t = useTexts('staff');
  const router = useRouter();
  const toast = useToast();
  const resend = useSubmit();
  const withdraw = useSubmit();
  /** Shown when the browser refuses to copy. */
  const [isLinkShown, setLinkShown] = useState(false);
  const withdrawn = useRef(false);
  useEffect(
    () => () => {
      // The row disappears with the focus in it.
      if (withdrawn.current) document.getElementById(MEMBERS_ID)?.focus();
    },
    [],
  );
  const sendAgain = () =>
    resend.run(async () => {
      await inviteStaff(call, competitionId, { email, role }, newIdempotencyKey());
      toast(t('invite.sent', { email }));
      router.refresh();
    });
  const takeBack = () =>
    withdraw.run(async () => {
      await withdrawInvitation(call, competitionId, id, newIdempotencyKey());
      withdrawn.current = true;
      toast(t('invitations.withdrawn', { email }));
      router.refresh();
    });
  const copy = (text: string) =>
    navigator.clipboard.writeText(text).then(
      () => toast(t('invitations.copied')),
      () => setLinkShown(true),
    );
  const failure = resend.failure ?? withdraw.failure;
  return (
    <>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {link !== null && (
          <Button
            size="sm"
            icon={<Copy aria-hidden="true" className="size-4" />}
            aria-label={t('invitations.copyFor', { email })}
            onClick={() => void copy(link)}
          >
            {t('invitations.copy')}
          </Button>
        )}
        <Button
          size="sm"
          busy={resend.busy}
          aria-label={t('invitations.resendTo', { email })}
          onClick={() => void sendAgain()}
        >
          {t('invitations.resend')}
        </Button>
        <Button
          size="sm"
          tone="ghost"
          busy={withdraw.busy}
          aria-label={t('invitations.withdrawFrom', { email })}
          onClick={() => void takeBack()}
        >
          {t('invitations.withdraw')}
        </Button>
      </div>
      {isLinkShown && link !== null && (
        <input
          readOnly
          dir="ltr"
          aria-label={t('invitations.copyFor', { email })}
          value={link}
          onFocus={(event) => event.target.select()}
          className="min-h-11 w-full truncate rounded-md border border-line bg-sunken px-3.5 text-sm"
        />
      )}
      {failure && (
        <p role="alert" className="text-sm font-semibold text-error">
          {failure.titleWithDetail}
        </p>
      )}
    </>
  );
}
