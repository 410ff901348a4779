'use client';

import type { MyRegistration } from '@mini-compete/shared/registrations';
import { CalendarPlus } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { SeatField } from '@/components/seats/seat-field';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { State } from '@/components/ui/state';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { leave } from '@/lib/api/registrations';
import { count } from '@/lib/format';
import { useAct } from '@/lib/forms/use-submit';
import { competitionPath } from '@/lib/paths';
import { newKey } from '@/lib/registration-attempt';
import { LeaveQuestion } from './leave-dialog';

/** One own registration: what it is, where one stands, and how to give it back. */
export function MyPlace({ registration, over }: { registration: MyRegistration; over: boolean }) {
  const { competition, status, promotedAt, registeredAt } = registration;
  const router = useRouter();
  const toast = useToast();
  const key = useRef('');
  const [asking, setAsking] = useState(false);
  const { busy, failure, run } = useAct();
  const waiting = status === 'WAITLISTED';
  const confirm = () =>
    run(async () => {
      setAsking(false);
      // One intention, one key, however often it is pressed.
      key.current ||= newKey();
      await leave(call, competition.id, key.current);
      toast(waiting ? `You have left the line for “${competition.title}”.` : `You have left “${competition.title}”.`);
      router.refresh();
    });
  return (
    <li className="relative grid gap-x-8 gap-y-3 border-b border-line py-5 sm:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <PlaceState registration={registration} over={over} />
          {competition.status === 'closed' && waiting && !over && (
            <span className="text-sm text-muted">Registration is closed: nobody moves up any more.</span>
          )}
          {promotedAt && !waiting && (
            <span className="text-sm text-muted">
              moved up from the line <LocalTime iso={promotedAt} style="short" />
            </span>
          )}
        </p>
        <h3 className="mt-2 text-lg leading-snug">
          <Link href={competitionPath(competition.id)} className="hover:text-accent">
            {competition.title}
          </Link>
        </h3>
        <p className="mt-1 text-sm text-muted">
          {competition.startDate ? <LocalTime iso={competition.startDate} /> : 'Date to be announced'}
          {competition.location && `, ${competition.location}`}
        </p>
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1">
          <SeatField
            capacity={competition.capacity}
            seatsLeft={competition.seatsLeft}
            mine={!waiting}
            size="row"
            decorative
          />
          <p className="tabular text-sm text-muted">
            {waiting
              ? `${count(competition.waiting, 'person')} in line, since `
              : `${competition.capacity - competition.seatsLeft} of ${count(competition.capacity, 'seat')} taken, registered `}
            <LocalTime iso={registeredAt} style="short" />
          </p>
        </div>
        {failure && (
          <p role="alert" className="mt-2 text-sm font-semibold text-closed">
            {failure.title}
          </p>
        )}
      </div>
      <div className="no-print flex flex-wrap items-start gap-3 sm:justify-end">
        {competition.startDate && !waiting && !over && (
          <a
            href={`/api/competitions/${competition.id}/calendar.ics`}
            className="link inline-flex min-h-9 items-center gap-1.5 text-sm font-semibold"
          >
            <CalendarPlus aria-hidden="true" className="size-4" />
            Calendar
            <span className="sr-only">: {competition.title}</span>
          </a>
        )}
        {!over && (
          <Button size="sm" busy={busy} onClick={() => setAsking(true)} aria-label={`Leave ${competition.title}`}>
            Leave
          </Button>
        )}
      </div>
      <LeaveQuestion
        open={asking}
        onOpenChange={setAsking}
        waiting={waiting}
        othersWait={competition.waiting > 0}
        title={competition.title}
        confirm={() => void confirm()}
      />
    </li>
  );
}

function PlaceState({ registration: { status, position }, over }: { registration: MyRegistration; over: boolean }) {
  if (over)
    return (
      <State tone="quiet" shape="bar">
        {status === 'WAITLISTED' ? 'No seat became free' : 'You were in'}
      </State>
    );
  if (status === 'WAITLISTED')
    return (
      <State tone="waiting" shape="half">
        <span className="tabular">Number {position?.toLocaleString('en')} in line</span>
      </State>
    );
  return (
    <State tone="open" shape="seat">
      {status === 'CONFIRMED' ? 'You are in' : 'You are in, the confirmation is on its way'}
    </State>
  );
}
