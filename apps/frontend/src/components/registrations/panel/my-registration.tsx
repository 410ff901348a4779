'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import type { CompetitionStatus, OwnRegistration } from '@mini-compete/shared/seats';
import { CalendarPlus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import type { RegistrationAct } from '@/lib/registration-attempt';
import type { ActState } from './use-registration-request';

const askToLeave = () =>
  import('@/components/registrations/mine/leave-dialog').then(({ LeaveQuestion }) => LeaveQuestion);
/** Only who has a place can leave it: visitors do not load the question. */
const LeaveQuestion = dynamic(askToLeave, { ssr: false });

type Props = {
  own: OwnRegistration;
  promoted: boolean;
  competition: Competition;
  status: CompetitionStatus;
  act: ActState;
  start: (act: RegistrationAct) => void;
};

/** Where the reader stands: in, or in line; what to do with it, and how to give it back. */
export function OwnPlace({ own, promoted, competition, status, act, start }: Props) {
  const [asking, setAsking] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Here before it is asked for: the connection may be gone by then.
    void askToLeave();
  }, []);
  const justNow = act.phase === 'done' && act.act !== 'leave';
  useEffect(() => {
    // The button that was pressed is gone; without this the keyboard would stand nowhere.
    if (justNow) heading.current?.focus({ preventScroll: true });
  }, [justNow]);
  if (status === 'cancelled') return null;
  const waiting = own.status === 'WAITLISTED';
  return (
    <div className={`animate-rise rounded-md p-4 ${waiting ? 'bg-waiting-soft' : 'bg-accent-soft'}`}>
      <h2 ref={heading} tabIndex={-1} className="text-xl outline-none">
        {waiting ? `You are number ${own.position?.toLocaleString('en') ?? '…'} in line` : 'You are in'}
      </h2>
      <p className="mt-1.5 text-sm">{sentence(own, promoted, status)}</p>
      <p className="mt-1 text-sm text-muted">
        {waiting ? 'In line since' : 'Registered'} <LocalTime iso={own.registeredAt} />
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2">
        {competition.startDate && !waiting && (
          <a
            href={`/api/competitions/${competition.id}/calendar.ics`}
            className="link inline-flex min-h-9 items-center gap-1.5 text-sm font-semibold"
          >
            <CalendarPlus aria-hidden="true" className="size-4" />
            Add to calendar
          </a>
        )}
        <Button tone="quiet" size="sm" className="-mx-3.5 underline underline-offset-4" onClick={() => setAsking(true)}>
          {waiting ? 'Leave the line' : 'Leave'}
        </Button>
      </div>
      <LeaveQuestion
        open={asking}
        onOpenChange={setAsking}
        waiting={waiting}
        othersWait={competition.waiting > 0}
        title={competition.title}
        confirm={() => {
          setAsking(false);
          start('leave');
        }}
      />
    </div>
  );
}

function sentence(own: OwnRegistration, promoted: boolean, status: CompetitionStatus): string {
  if (own.status === 'WAITLISTED')
    return status === 'closed'
      ? 'Registration is closed, so nobody moves up any more.'
      : 'When it is your turn, the seat is yours by itself and you get a message. Nothing to do until then.';
  if (promoted) return 'A seat became free and it is yours. You get a message about it.';
  return own.status === 'PENDING'
    ? 'The seat is yours. The confirmation is being written to your mailbox.'
    : 'The seat is yours. The confirmation is in your mailbox.';
}
