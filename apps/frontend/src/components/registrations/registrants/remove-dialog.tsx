'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import type { Entrant } from '@mini-compete/shared/registrations';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { removeEntrant } from '@/lib/api/organizing';
import { useAct } from '@/lib/forms/use-submit';

type Props = { competition: Competition; entrant: Entrant | null; close: () => void };

/** Removing says why, to the person it concerns. */
export function RemoveQuestion({ competition, entrant, close }: Props) {
  const router = useRouter();
  const toast = useToast();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const { busy, failure, run, clear } = useAct();
  const id = entrant?.registrationId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person, another reason
  useEffect(() => {
    setReason('');
    setMissing(false);
    clear();
  }, [id]);
  const remove = () => {
    if (!entrant) return;
    if (reason.trim() === '') return setMissing(true);
    void run(async () => {
      await removeEntrant(call, competition.id, entrant.registrationId, reason.trim());
      toast(`${entrant.name} has been removed and told why.`);
      close();
      router.refresh();
    });
  };
  return (
    <Dialog
      open={entrant !== null}
      onOpenChange={(open) => !open && close()}
      title={`Remove ${entrant?.name ?? ''}?`}
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
        {entrant?.status === 'WAITLISTED'
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
        error={missing ? 'Say why: the person is told.' : failure?.fields.get('reason')}
      >
        {(control) => (
          <Input {...control} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      {failure && failure.fields.size === 0 && (
        <p role="alert" className="font-semibold text-closed">
          {failure.title}
        </p>
      )}
    </Dialog>
  );
}
