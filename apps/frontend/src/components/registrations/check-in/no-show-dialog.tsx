'use client';

import type { NoShowPreview } from '@mini-compete/shared/check-ins';
import { UNDO_SECONDS } from '@mini-compete/shared/undo';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { UNDO_BAR_ID } from '@/components/competitions/acts/undo-bar-id';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { previewNoShows, releaseNoShows } from '@/lib/api/check-in';
import { call } from '@/lib/api/client';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { NoShowEffect } from './no-show-effect';
import { UnsyncedDoors } from './unsynced-doors';

type Props = { competitionId: string; close: () => void };

/** Shows what it would do, and names the doors that may know better. Nothing is done yet after the request. */
export function NoShowDialog({ competitionId, close }: Props) {
  const t = useTexts('checkInDay');
  const common = useTexts('common');
  const router = useRouter();
  const [preview, setPreview] = useState<NoShowPreview | null>(null);
  const [withoutDoors, setWithoutDoors] = useState<ReadonlySet<string>>(new Set());
  const [isMissing, setMissing] = useState(false);
  const isStarted = useRef(false);
  const request = useRef({ doors: '', key: '' });
  const reading = useSubmit();
  const { busy, failure, run } = useSubmit();
  const read = () => reading.run(async () => setPreview(await previewNoShows(call, competitionId)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, when the dialog opens
  useEffect(() => {
    void read();
    return () => {
      // There are ten seconds to undo it.
      if (isStarted.current) setTimeout(() => document.getElementById(UNDO_BAR_ID)?.focus());
    };
  }, []);
  const doors = preview?.doors ?? [];
  const release = () => {
    if (doors.some(({ id }) => !withoutDoors.has(id))) return setMissing(true);
    void run(async () => {
      const ids = doors.map(({ id }) => id);
      // Other doors are another request, which needs a key of its own.
      if (request.current.doors !== ids.join() || request.current.key === '')
        request.current = { doors: ids.join(), key: newIdempotencyKey() };
      try {
        await releaseNoShows(call, competitionId, ids, request.current.key);
      } catch (error) {
        // Another door has been opened meanwhile, or the last person has come.
        await read();
        throw error;
      }
      isStarted.current = true;
      close();
      router.refresh();
    });
  };
  const people = preview?.people ?? 0;
  const problem = failure ?? reading.failure;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={preview === null ? t('noShows.title') : t('noShows.dialogTitle', { count: people })}
      actions={
        <>
          <Button onClick={close}>{people === 0 ? common('close') : common('cancel')}</Button>
          {people > 0 && (
            <Button tone="danger" busy={busy} onClick={release}>
              {t('noShows.confirm', { count: people })}
            </Button>
          )}
        </>
      }
    >
      {preview === null && !problem && <p role="status">{t('noShows.loading')}</p>}
      {preview !== null && <NoShowEffect preview={preview} />}
      {people > 0 && <p className="text-muted">{t('noShows.undo', { seconds: UNDO_SECONDS })}</p>}
      {people > 0 && doors.length > 0 && (
        <UnsyncedDoors
          doors={doors}
          chosen={withoutDoors}
          choose={setWithoutDoors}
          error={isMissing && doors.some(({ id }) => !withoutDoors.has(id)) ? t('noShows.missing') : null}
        />
      )}
      {problem && (
        <p role="alert" className="font-semibold text-error">
          {problem.title}
        </p>
      )}
    </Dialog>
  );
}
