'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { clsx } from 'clsx';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { CompetitionStatusLabel } from '@/components/competitions/catalog/competition-status';
import { statusAt } from '@/components/competitions/catalog/status';
import { needsSignIn } from '@/lib/api/problem';
import { useServerNow } from '@/lib/hooks/use-server-now';
import { competitionPath, signInPath } from '@/lib/paths';
import { MyRegistration } from './my-registration';
import { PanelAction, type Viewer } from './panel-action';
import { PanelSeats } from './panel-seats';
import { type Connection, useLiveSeats, useRefetchWhenStale } from './use-live-seats';
import { useMyRegistration } from './use-my-registration';
import { useRegistrationRequest } from './use-registration-request';

/**
 * Live seats and times, the viewer's registration, and the button to register. `loaded` is the competition as the
 * server rendered it.
 */
export function RegistrationPanel({ competition: loaded, viewer }: { competition: Competition; viewer: Viewer }) {
  const router = useRouter();
  const { now, syncClock } = useServerNow(loaded.serverTime);
  const { seats, connection } = useLiveSeats(loaded, syncClock);
  useRefetchWhenStale(loaded, seats);
  const participantId = viewer?.role === 'PARTICIPANT' ? viewer.id : null;
  const { request, start, reset } = useRegistrationRequest(loaded.id, participantId);
  const { registration, promoted } = useMyRegistration(loaded, request, seats);

  const competition = { ...loaded, ...seats, capacity: Math.max(loaded.capacity, seats.seatsLeft) };
  const status = statusAt(competition, now);

  const refusal = request.phase === 'refused' ? request.error : null;
  useEffect(() => {
    if (refusal && needsSignIn(refusal)) window.location.assign(`${signInPath(competitionPath(loaded.id))}&ended=1`);
    else if (refusal) router.refresh();
  }, [refusal, router, loaded.id]);

  return (
    <section
      aria-label="Registration"
      className="flex flex-col gap-5 lg:sticky lg:top-6 lg:rounded-lg lg:border lg:border-line lg:bg-raised lg:p-7"
    >
      <div className="flex items-center justify-between gap-4">
        <CompetitionStatusLabel status={status} competition={competition} />
        {status !== 'cancelled' && status !== 'closed' && <ConnectionStatus connection={connection} />}
      </div>
      {registration && (
        <MyRegistration
          registration={registration}
          promoted={promoted}
          competition={competition}
          status={status}
          request={request}
          start={start}
        />
      )}
      <PanelSeats
        competition={competition}
        status={status}
        now={now}
        registration={registration}
        newlyTaken={seats.newlyTaken}
      />
      <PanelAction
        competition={competition}
        status={status}
        now={now}
        registration={registration}
        viewer={viewer}
        request={request}
        start={start}
        reset={reset}
      />
    </section>
  );
}

const CONNECTION_TEXTS: Record<Connection, string> = {
  connecting: '',
  live: 'Live',
  lost: 'Connection lost, still trying',
};

function ConnectionStatus({ connection }: { connection: Connection }) {
  return (
    <p
      role="status"
      className={clsx(
        'flex min-h-6 items-center gap-1.5 text-sm',
        connection === 'lost' ? 'text-error font-semibold' : 'text-muted',
      )}
    >
      {connection !== 'connecting' && (
        <span
          aria-hidden="true"
          className={clsx(
            'size-2',
            connection === 'live' ? 'rounded-full bg-success' : 'animate-breathe rotate-45 bg-error',
          )}
        />
      )}
      {CONNECTION_TEXTS[connection]}
    </p>
  );
}
