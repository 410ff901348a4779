'use client';

import type { RegistrationStatus } from '@mini-compete/shared/seats';
import { useRouter } from 'next/navigation';
import { useTexts } from '#texts';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { removeRegistrant } from '@/lib/api/registrations';
import { RemovalDialog } from './removal-dialog';

/** What the menu of a person needs to know of them. */
export type MenuRegistrant = {
  id: string;
  name: string;
  /** Of a team: the captain's. */
  email: string;
  status: RegistrationStatus;
  who: 'PEOPLE' | 'TEAMS';
};

type Props = {
  competition: { id: string; waiting: number };
  registrant: MenuRegistrant;
  close: (isRemoved: boolean) => void;
};

export function RemoveDialog({ competition, registrant: { id, name, status, who }, close }: Props) {
  const t = useTexts('registrants');
  const router = useRouter();
  const toast = useToast();
  const remove = async (reason: string) => {
    await removeRegistrant(call, competition.id, id, reason);
    toast(t('removeDialog.done', { name, who }));
    close(true);
    router.refresh();
  };
  const effect =
    status === 'WAITLISTED'
      ? t('removeDialog.position', { who })
      : competition.waiting > 0
        ? t('removeDialog.seatToNext', { who })
        : t('removeDialog.seat', { who });
  return (
    <RemovalDialog
      title={t('removeDialog.title', { name, who })}
      confirm={t('removeDialog.confirm')}
      reasonHelp={t('removeDialog.reasonHelp', { who })}
      who={who}
      request={remove}
      close={() => close(false)}
    >
      <p>
        {effect} {t('removeDialog.consequence', { who })}
      </p>
    </RemovalDialog>
  );
}
