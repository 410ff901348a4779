'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { lookOf, statusAt } from '@/components/competitions/catalog/status';
import { State } from '@/components/ui/state';
import { needsSignIn } from '@/lib/api/problem';
import { useServerNow } from '@/lib/hooks/use-server-now';
import { competitionPath, signInPath } from '@/lib/paths';
import { ConnectionLine } from './connection-status';
import { OwnPlace } from './my-registration';
import { GateAction, type GateReader } from './panel-action';
import { GateFacts } from './panel-seats';
import { useLiveSeats } from './use-live-seats';
import { useOwnRegistration } from './use-my-registration';
import { useReadAnew } from './use-refetch';
import { useRegistrationAct } from './use-registration-request';

/** Seats, time, my place, and the one button: each state of a competition as a person meets it. */
export function Gate({ competition: read, reader }: { competition: Competition; reader: GateReader }) {
  const router = useRouter();
  const { now, learn } = useServerNow(read.serverTime);
  const { seats, connection } = useLiveSeats(read, learn);
  useReadAnew(read, seats);
  const participantId = reader?.role === 'PARTICIPANT' ? reader.id : null;
  const { state: act, start, reset } = useRegistrationAct(read.id, participantId);
  const { own, promoted } = useOwnRegistration(read, act, seats);

  const competition = { ...read, ...seats, capacity: Math.max(read.capacity, seats.seatsLeft) };
  const status = statusAt(competition, now);
  const look = lookOf(status, competition);

  const refused = act.phase === 'refused' ? act.error : null;
  useEffect(() => {
    if (refused && needsSignIn(refused)) window.location.assign(`${signInPath(competitionPath(read.id))}&ended=1`);
    else if (refused) router.refresh();
  }, [refused, router, read.id]);

  return (
    <section
      aria-label="Registration"
      className="flex flex-col gap-5 lg:sticky lg:top-6 lg:rounded-lg lg:border lg:border-line lg:bg-raised lg:p-7"
    >
      <div className="flex items-center justify-between gap-4">
        <State tone={look.tone} shape={look.shape}>
          {look.word}
        </State>
        {status !== 'cancelled' && status !== 'closed' && <ConnectionLine connection={connection} />}
      </div>
      {own && (
        <OwnPlace own={own} promoted={promoted} competition={competition} status={status} act={act} start={start} />
      )}
      <GateFacts competition={competition} status={status} now={now} own={own} arrived={seats.arrived} />
      <GateAction
        competition={competition}
        status={status}
        now={now}
        own={own}
        reader={reader}
        act={act}
        start={start}
        reset={reset}
      />
    </section>
  );
}
