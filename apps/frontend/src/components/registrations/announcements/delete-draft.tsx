'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTexts } from '#texts';
import { ConfirmDialog } from '@/components/competitions/staff/confirm-dialog';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { deleteAnnouncement } from '@/lib/api/announcements';
import { call } from '@/lib/api/client';

export function DeleteDraft({ competitionId, id }: { competitionId: string; id: string }) {
  const t = useTexts('announcements');
  const router = useRouter();
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const remove = async (key: string) => {
    await deleteAnnouncement(call, competitionId, id, key);
    toast(t('form.deleted'));
    router.replace(`/organize/${competitionId}/announcements`);
    router.refresh();
  };
  return (
    <>
      <Button tone="ghost" onClick={() => setAsking(true)}>
        {t('form.delete')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t('form.deleteTitle')}
          text={t('form.deleteText')}
          confirm={t('form.delete')}
          request={remove}
          close={() => setAsking(false)}
        />
      )}
    </>
  );
}
