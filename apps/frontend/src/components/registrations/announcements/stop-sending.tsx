'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTexts } from '#texts';
import { MANAGE_TITLE_ID } from '@/components/competitions/acts/manage-title';
import { ConfirmDialog } from '@/components/competitions/staff/confirm-dialog';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { stopAnnouncement } from '@/lib/api/announcements';
import { call } from '@/lib/api/client';

export function StopSending({ competitionId, id }: { competitionId: string; id: string }) {
  const t = useTexts('announcements');
  const router = useRouter();
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const stop = async (key: string) => {
    await stopAnnouncement(call, competitionId, id, key);
    setAsking(false);
    toast(t('sent.stopped'));
    // The button disappears with the focus in it.
    setTimeout(() => document.getElementById(MANAGE_TITLE_ID)?.focus());
    router.refresh();
  };
  return (
    <>
      <Button tone="caution" onClick={() => setAsking(true)}>
        {t('sent.stop')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t('sent.stopTitle')}
          text={t('sent.stopText')}
          confirm={t('sent.stop')}
          request={stop}
          close={() => setAsking(false)}
        />
      )}
    </>
  );
}
