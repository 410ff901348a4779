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
import { useAct } from '@/lib/forms/use-submit';
import { competitionPath } from '@/lib/paths';
import { newKey } from '@/lib/registration-attempt';

type Subject = Pick<Competition, 'id' | 'title' | 'capacity' | 'seatsLeft' | 'waiting' | 'status'>;

/** Cancel, or delete while nobody is in. Both ask first, and say whom it reaches. */
export function EndCompetition({ competition }: { competition: Subject }) {
  const router = useRouter();
  const toast = useToast();
  const key = useRef('');
  const [asking, setAsking] = useState(false);
  const { busy, failure, run, clear } = useAct();
  const people =
    competition.status === 'cancelled' ? 0 : competition.capacity - competition.seatsLeft + competition.waiting;
  const deletes = people === 0;
  const end = () =>
    run(async () => {
      if (deletes) {
        await deleteCompetition(call, competition.id);
        toast(`“${competition.title}” is deleted.`);
        router.push('/organize');
      } else {
        key.current ||= newKey();
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
          {deletes ? 'Delete this competition' : 'Cancel this competition'}
        </h2>
        <p className="mt-1 text-sm text-muted">
          {deletes
            ? 'Nobody is in, so it can disappear from every list without a message.'
            : `From that moment nobody gets in, and ${count(people, 'person is', 'people are')} told that it does not take place.`}
        </p>
      </div>
      <Button
        onClick={() => {
          clear();
          setAsking(true);
        }}
      >
        {deletes ? 'Delete' : 'Cancel the competition'}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={deletes ? `Delete “${competition.title}”?` : `Cancel “${competition.title}”?`}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button tone="danger" busy={busy} onClick={() => void end()}>
              {deletes ? 'Delete for good' : `Cancel and tell ${count(people, 'person')}`}
            </Button>
          </>
        }
      >
        <p>
          {deletes
            ? 'It disappears from every list. There is no way back.'
            : `This tells ${count(people, 'person')} and ends their registrations. There is no way back.`}
        </p>
        {failure && (
          <p role="alert" className="font-semibold text-closed">
            {failure.title}
          </p>
        )}
      </Dialog>
    </section>
  );
}
