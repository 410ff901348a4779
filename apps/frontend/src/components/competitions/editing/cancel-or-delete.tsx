'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { cancelCompetition, deleteCompetition } from '@/lib/api/competitions';
import { count } from '@/lib/format';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { competitionPath } from '@/lib/paths';

type Subject = Pick<Competition, 'id' | 'title' | 'capacity' | 'seatsLeft' | 'waiting' | 'status'>;

/** Deletes a competition without active registrations, cancels any other. The dialog says how many people get a message. */
export function CancelOrDelete({ competition }: { competition: Subject }) {
  const router = useRouter();
  const toast = useToast();
  const key = useRef('');
  const [dialogOpen, setDialogOpen] = useState(false);
  const { busy, failure, run, clear } = useSubmit();
  const people =
    competition.status === 'cancelled' ? 0 : competition.capacity - competition.seatsLeft + competition.waiting;
  const isDelete = people === 0;
  const confirm = () =>
    run(async () => {
      if (isDelete) {
        await deleteCompetition(call, competition.id);
        toast(`“${competition.title}” is deleted.`);
        router.push('/organize');
      } else {
        key.current ||= newIdempotencyKey();
        await cancelCompetition(call, competition.id, key.current);
        toast(`“${competition.title}” is cancelled. ${count(people, 'person')} will be told.`);
        router.push(competitionPath(competition.id));
      }
      router.refresh();
    });
  return (
    <section
      aria-labelledby="end-title"
      className="flex flex-wrap items-center justify-between gap-x-10 gap-y-4 border-t border-line pt-6"
    >
      <div className="max-w-prose">
        <h2 id="end-title" className="text-lg">
          {isDelete ? 'Delete this competition' : 'Cancel this competition'}
        </h2>
        <p className="mt-1 text-sm text-muted">
          {isDelete
            ? 'Nobody is in, so it can disappear from every list without a message.'
            : `From that moment nobody gets in, and ${count(people, 'person is', 'people are')} told that it does not take place.`}
        </p>
      </div>
      <Button
        onClick={() => {
          clear();
          setDialogOpen(true);
        }}
      >
        {isDelete ? 'Delete' : 'Cancel the competition'}
      </Button>
      <Dialog
        open={dialogOpen}
        onOpenChange={setDialogOpen}
        title={isDelete ? `Delete “${competition.title}”?` : `Cancel “${competition.title}”?`}
        actions={
          <>
            <Button onClick={() => setDialogOpen(false)}>Keep it</Button>
            <Button tone="danger" busy={busy} onClick={() => void confirm()}>
              {isDelete ? 'Delete for good' : `Cancel and tell ${count(people, 'person')}`}
            </Button>
          </>
        }
      >
        <p>
          {isDelete
            ? 'It disappears from every list. There is no way back.'
            : `This tells ${count(people, 'person')} and ends their registrations. There is no way back.`}
        </p>
        {failure && (
          <p role="alert" className="font-semibold text-error">
            {failure.title}
          </p>
        )}
      </Dialog>
    </section>
  );
}
