'use client';

import { may, type StaffRole } from '@mini-compete/shared/permissions';
import type { StaffMember } from '@mini-compete/shared/staff';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { changeStaffRole, removeStaff } from '@/lib/api/staff';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { ConfirmDialog } from './confirm-dialog';
import { LeaveStaff } from './leave-staff';
import { RoleSelect } from './role-select';

/** The heading of the list, which gets the focus when the row that had it disappears. */
export const MEMBERS_ID = 'staff-members';

type Props = {
  competition: { id: string; title: string };
  member: StaffMember;
  userId: string;
  canManage: boolean;
};

export function Member({ competition, member, userId, canManage }: Props) {
  const t = useTexts('staff');
  const common = useTexts('common');
  const { instant } = useFormats();
  const isOwn = member.userId === userId;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-3 border-b border-line py-4 sm:grid-cols-[minmax(0,1fr)_11rem_9rem] sm:gap-x-6">
      <div className="min-w-0 max-sm:col-span-2">
        <p className="font-semibold wrap-break-word">
          <bdi>{member.name}</bdi>
          {isOwn && <span className="font-normal text-muted"> ({t('members.you')})</span>}
        </p>
        <p className="text-sm text-muted wrap-anywhere">
          <bdi dir="ltr">{member.email}</bdi>
        </p>
        <p className="text-sm text-muted" suppressHydrationWarning>
          {t('members.since', { when: instant(member.since, 'day') })}
        </p>
      </div>
      {canManage ? (
        <RoleField competition={competition} member={member} isOwn={isOwn} />
      ) : (
        <p className="text-sm">{common(`staffRole.${member.role}`)}</p>
      )}
      <div className="flex sm:justify-end">
        {isOwn ? (
          <LeaveStaff competition={competition}>{t('members.leave')}</LeaveStaff>
        ) : (
          canManage && <Remove competition={competition} member={member} />
        )}
      </div>
    </li>
  );
}

type FieldProps = Pick<Props, 'competition' | 'member'> & { isOwn: boolean };

function RoleField({ competition, member: { id, name, role }, isOwn }: FieldProps) {
  const t = useTexts('staff');
  const common = useTexts('common');
  const router = useRouter();
  const toast = useToast();
  const { busy, failure, run } = useSubmit();
  /** A role that the reader would not get back without help. */
  const [asked, setAsked] = useState<StaffRole | null>(null);
  const change = async (next: StaffRole, key: string) => {
    await changeStaffRole(call, competition.id, id, next, key);
    toast(t('members.changed', { name, role: common(`staffRole.${next}`) }));
    setAsked(null);
    router.refresh();
  };
  const choose = (next: StaffRole) => {
    if (busy) return;
    if (isOwn && !may(next, 'manageStaff')) setAsked(next);
    else void run(() => change(next, newIdempotencyKey()));
  };
  return (
    <div>
      <RoleSelect
        aria-label={t('members.roleOf', { name })}
        aria-busy={busy}
        className="w-full"
        value={role}
        onChange={choose}
      />
      {failure && (
        <p role="alert" className="mt-1.5 max-w-64 text-sm font-semibold text-error">
          {failure.titleWithDetail}
        </p>
      )}
      {asked && (
        <ConfirmDialog
          title={t('ownRole.title')}
          text={t('ownRole.text')}
          confirm={t('ownRole.confirm')}
          request={(key) => change(asked, key)}
          close={() => setAsked(null)}
        />
      )}
    </div>
  );
}

function Remove({ competition, member: { id, name } }: Pick<Props, 'competition' | 'member'>) {
  const t = useTexts('staff');
  const router = useRouter();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const removed = useRef(false);
  useEffect(
    () => () => {
      if (removed.current) document.getElementById(MEMBERS_ID)?.focus();
    },
    [],
  );
  const remove = async (key: string) => {
    await removeStaff(call, competition.id, id, key);
    removed.current = true;
    toast(t('remove.done', { name }));
    setAsking(false);
    router.refresh();
  };
  return (
    <>
      <Button
        size="sm"
        className="max-sm:min-h-11"
        aria-label={t('members.removeName', { name })}
        onClick={() => setAsking(true)}
      >
        {t('members.remove')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('remove.title', { name })}
          text={t('remove.text')}
          confirm={t('remove.confirm')}
          request={remove}
          close={() => setAsking(false)}
        />
      )}
    </>
  );
}
