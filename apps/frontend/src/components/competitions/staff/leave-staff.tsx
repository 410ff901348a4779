'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { removeStaff } from '@/lib/api/staff';
import { ConfirmDialog } from './confirm-dialog';

/** Needs the texts of `staff`. */
export function LeaveStaff({
  competition: { id, title },
  children,
}: {
  competition: { id: string; title: string };
  children: ReactNode;
}) {
  const t = useTexts('staff');
  const router = useRouter();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const leave = async (key: string) => {
    await removeStaff(call, id, 'me', key);
    toast(t('leave.done', { title }));
    router.push('/organize');
    router.refresh();
  };
  return (
    <>
      <Button size="sm" className="max-sm:min-h-11" onClick={() => setAsking(true)}>
        {children}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('leave.title')}
          text={t('leave.text', { title })}
          confirm={t('leave.confirm')}
          request={leave}
          close={() => setAsking(false)}
        />
      )}
    </>
  );
}
