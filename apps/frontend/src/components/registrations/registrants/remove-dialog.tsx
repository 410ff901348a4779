'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import type { Registrant } from '@mini-compete/shared/registrations';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { removeRegistrant } from '@/lib/api/registrations';
import { useSubmit } from '@/lib/forms/use-submit';

type Props = { competition: Competition; registrant: Registrant | null; close: () => void };

/** The message to the removed person contains the reason, so it is required. */
export function RemoveDialog({ competition, registrant, close }: Props) {
  const router = useRouter();
  const toast = useToast();
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const { busy, failure, run, clear } = useSubmit();
  const id = registrant?.registrationId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: resets the form for another registrant
  useEffect(() => {
    setReason('');
    setIsMissing(false);
    clear();
  }, [id]);
  const remove = () => {
    if (!registrant) return;
    if (reason.trim() === '') return setIsMissing(true);
    void run(async () => {
      await removeRegistrant(call, competition.id, registrant.registrationId, reason.trim());
      toast(`${registrant.name} has been removed and told why.`);
      close();
      router.refresh();
    });
  };
  return (
    <Dialog
      open={registrant !== null}
      onOpenChange={(open) => !open && close()}
      title={`Remove ${registrant?.name ?? ''}?`}
      actions={
        <>
          <Button onClick={close}>Keep them</Button>
          <Button tone="danger" busy={busy} onClick={remove}>
            Remove and tell them
          </Button>
        </>
      }
    >
      <p>
        {registrant?.status === 'WAITLISTED'
          ? 'They lose their place in line, and those behind move up.'
          : competition.waiting > 0
            ? 'Their seat goes to the first person in line, at once.'
            : 'Their seat becomes free.'}{' '}
        There is no way back; they may register again.
      </p>
      <Field
        id="removal-reason"
        label="Why"
        help="One sentence. The person reads it."
        error={isMissing ? 'Say why: the person is told.' : failure?.fields.get('reason')}
      >
        {(control) => (
          <Input {...control} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      {failure && failure.fields.size === 0 && (
        <p role="alert" className="font-semibold text-error">
          {failure.title}
        </p>
      )}
    </Dialog>
  );
}
