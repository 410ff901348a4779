'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { isSeated } from '@mini-compete/shared/registration-status';
import type { CompetitionStatus, MyActiveRegistration } from '@mini-compete/shared/seats';
import { CalendarPlus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import type { RegistrationOperation } from '@/lib/registration-attempt';
import type { RequestState } from './use-registration-request';

const loadLeaveDialog = () =>
  import('@/components/registrations/mine/leave-dialog').then(({ LeaveDialog }) => LeaveDialog);
/** Loaded on demand: visitors without a registration do not need it. */
const LeaveDialog = dynamic(loadLeaveDialog, { ssr: false });

type Props = {
  registration: MyActiveRegistration;
  promoted: boolean;
  competition: Competition;
  status: CompetitionStatus;
  request: RequestState;
  start: (operation: RegistrationOperation) => void;
};

/** The viewer's active registration: the seat or the position on the waitlist, and the button to leave. */
export function MyRegistration({ registration, promoted, competition, status, request, start }: Props) {
  const [dialogOpen, setDialogOpen] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Preload: the connection may be lost when the button is clicked. If this fails, rendering the dialog loads it again.
    loadLeaveDialog().catch(() => undefined);
  }, []);
  const justRegistered = request.phase === 'done' && request.operation !== 'leave';
  useEffect(() => {
    // The clicked button has been removed, and the keyboard focus with it.
    if (justRegistered) heading.current?.focus({ preventScroll: true });
  }, [justRegistered]);
  if (status === 'cancelled') return null;
  const waitlisted = registration.status === 'WAITLISTED';
  return (
    <div className={`animate-rise rounded-md p-4 ${waitlisted ? 'bg-warning-soft' : 'bg-accent-soft'}`}>
      <h2 ref={heading} tabIndex={-1} className="text-xl outline-none">
        {waitlisted ? `You are number ${registration.position?.toLocaleString('en') ?? '…'} in line` : 'You are in'}
      </h2>
      <p className="mt-1.5 text-sm">{statusText(registration, promoted, status)}</p>
      <p className="mt-1 text-sm text-muted">
        {waitlisted ? 'In line since' : 'Registered'} <LocalTime iso={registration.registeredAt} />
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2">
        {competition.startDate && isSeated(registration.status) && (
          <a
            href={`/api/competitions/${competition.id}/calendar.ics`}
            className="link inline-flex min-h-9 items-center gap-1.5 text-sm font-semibold"
          >
            <CalendarPlus aria-hidden="true" className="size-4" />
            Add to calendar
          </a>
        )}
        <Button
          tone="ghost"
          size="sm"
          className="-mx-3.5 underline underline-offset-4"
          onClick={() => setDialogOpen(true)}
        >
          {waitlisted ? 'Leave the line' : 'Leave'}
        </Button>
      </div>
      <LeaveDialog
        open={dialogOpen}
        onOpenChange={setDialogOpen}
        waitlisted={waitlisted}
        othersWaitlisted={competition.waiting > 0}
        title={competition.title}
        confirm={() => {
          setDialogOpen(false);
          start('leave');
        }}
      />
    </div>
  );
}

function statusText(registration: MyActiveRegistration, promoted: boolean, status: CompetitionStatus): string {
  if (registration.status === 'WAITLISTED')
    return status === 'closed'
      ? 'Registration is closed, so nobody moves up any more.'
      : 'When it is your turn, the seat is yours by itself and you get a message. Nothing to do until then.';
  if (promoted) return 'A seat became free and it is yours. You get a message about it.';
  return registration.status === 'PENDING'
    ? 'The seat is yours. The confirmation is being written to your mailbox.'
    : 'The seat is yours. The confirmation is in your mailbox.';
}
