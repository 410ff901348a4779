'use client';

import type { ScansToDecide } from '@mini-compete/shared/check-ins';
import { useRef } from 'react';
import { useFormats, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useToast } from '@/components/ui/toast';
import { decideScans } from '@/lib/api/check-in';
import { call } from '@/lib/api/client';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';

type Props = { competitionId: string; scans: ScansToDecide; done: () => void };

/** Scans that a person has uploaded after their role had ended, of one door. */
export function DecideScans({ competitionId, scans: { scanner, door, doorId, count, firstAt, lastAt }, done }: Props) {
  const t = useTexts('checkInDay');
  const common = useTexts('common');
  const { instant } = useFormats();
  const toast = useToast();
  const keys = useRef({ accept: '', discard: '' });
  const { busy, failure, run } = useSubmit();
  const decide = (accept: boolean) =>
    run(async () => {
      const act = accept ? 'accept' : 'discard';
      keys.current[act] ||= newIdempotencyKey();
      const decided = await decideScans(
        call,
        competitionId,
        { scannerId: scanner.id, doorId, accept },
        keys.current[act],
      );
      toast(t(accept ? 'decide.accepted' : 'decide.discarded', { count: decided.count }));
      done();
    });
  return (
    <Notice
      tone="warning"
      title={t('decide.title', { name: scanner.name ?? common('deletedAccount'), count })}
      className="mt-4"
    >
      <p suppressHydrationWarning>
        {t('decide.text', {
          door: door || t('doors.unnamed'),
          from: instant(firstAt, 'clock'),
          to: instant(lastAt, 'clock'),
        })}
      </p>
      <div className="mt-3 flex flex-wrap gap-x-5 gap-y-3">
        <Button size="sm" busy={busy} onClick={() => void decide(true)}>
          {t('decide.accept')}
        </Button>
        <Button size="sm" tone="ghost" busy={busy} onClick={() => void decide(false)}>
          {t('decide.discard')}
        </Button>
      </div>
      {failure && (
        <p role="alert" className="mt-2 font-semibold text-error">
          {failure.title}
        </p>
      )}
    </Notice>
  );
}
