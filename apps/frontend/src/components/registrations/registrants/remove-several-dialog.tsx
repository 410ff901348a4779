'use client';

import { UNDO_SECONDS } from '@mini-compete/shared/undo';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useTexts } from '#texts';
import { UNDO_BAR_ID } from '@/components/competitions/acts/undo-bar-id';
import { call } from '@/lib/api/client';
import { removeSeveral } from '@/lib/api/registrations';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { RemovalDialog } from './removal-dialog';

type Props = {
  competitionId: string;
  ids: readonly string[];
  who: 'PEOPLE' | 'TEAMS';
  close: (isRemoved: boolean) => void;
};

/** Nothing is done yet after the request: the bar at the bottom offers to undo it. */
export function RemoveSeveralDialog({ competitionId, ids, who, close }: Props) {
  const t = useTexts('registrants');
  const router = useRouter();
  const request = useRef({ reason: '', key: '' });
  const isStarted = useRef(false);
  useEffect(
    () => () => {
      // The button that opened the dialog is gone by then, and there are ten seconds to undo it.
      if (isStarted.current) setTimeout(() => document.getElementById(UNDO_BAR_ID)?.focus());
    },
    [],
  );
  const count = ids.length;
  const remove = async (reason: string) => {
    // Another reason is another request, which needs a key of its own.
    if (request.current.reason !== reason) request.current = { reason, key: newIdempotencyKey() };
    await removeSeveral(call, competitionId, ids, reason, request.current.key);
    isStarted.current = true;
    close(true);
    router.refresh();
  };
  return (
    <RemovalDialog
      title={t('removeSeveral.title', { count, who })}
      confirm={t('removeSeveral.confirm', { count, who })}
      reasonHelp={t('removeSeveral.reasonHelp')}
      who={who}
      request={remove}
      close={() => close(false)}
    >
      <p>{t('removeSeveral.effect', { count, who })}</p>
      <p className="text-muted">{t('removeSeveral.undo', { seconds: UNDO_SECONDS })}</p>
    </RemovalDialog>
  );
}
