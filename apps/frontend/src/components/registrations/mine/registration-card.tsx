'use client';

import { isSeated } from '@mini-compete/shared/registration-status';
import type { MyRegistration } from '@mini-compete/shared/registrations';
import { CalendarPlus } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { SeatGrid } from '@/components/seats/seat-grid';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { StatusLabel } from '@/components/ui/status-label';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { leave } from '@/lib/api/registrations';
import { count } from '@/lib/format';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { competitionPath } from '@/lib/paths';
import { LeaveDialog } from './leave-dialog';

/** A registration in the participant's list. */
export function RegistrationCard({ registration, past }: { registration: MyRegistration; past: boolean }) {
  const { competition, status, promotedAt, registeredAt } = registration;
  const router = useRouter();
  const toast = useToast();
  const key = useRef('');
  const [dialogOpen, setDialogOpen] = useState(false);
  const { busy, failure, run } = useSubmit();
  const waitlisted = status === 'WAITLISTED';
  const seated = isSeated(status);
  const confirm = () =>
    run(async () => {
      setDialogOpen(false);
      // The same key for each click, so that a retry after a lost response replays it.
      key.current ||= newIdempotencyKey();
      await leave(call, competition.id, key.current);
      toast(
        waitlisted ? `You have left the line for “${competition.title}”.` : `You have left “${competition.title}”.`,
      );
      router.refresh();
    });
  return (
    <li className="relative grid gap-x-8 gap-y-3 border-b border-line py-5 sm:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <RegistrationStatusLabel registration={registration} past={past} />
          {competition.status === 'closed' && waitlisted && !past && (
            <span className="text-sm text-muted">Registration is closed: nobody moves up any more.</span>
          )}
          {promotedAt && seated && (
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
          <SeatGrid
            capacity={competition.capacity}
            seatsLeft={competition.seatsLeft}
            mine={seated}
            size="row"
            decorative
          />
          <p className="tabular text-sm text-muted">
            {waitlisted
              ? `${count(competition.waiting, 'person')} in line, since `
              : `${competition.capacity - competition.seatsLeft} of ${count(competition.capacity, 'seat')} taken, registered `}
            <LocalTime iso={registeredAt} style="short" />
          </p>
        </div>
        {failure && (
          <p role="alert" className="mt-2 text-sm font-semibold text-error">
            {failure.title}
          </p>
        )}
      </div>
      <div className="no-print flex flex-wrap items-start gap-3 sm:justify-end">
        {competition.startDate && seated && !past && (
          <a
            href={`/api/competitions/${competition.id}/calendar.ics`}
            className="link inline-flex min-h-9 items-center gap-1.5 text-sm font-semibold"
          >
            <CalendarPlus aria-hidden="true" className="size-4" />
            Calendar
            <span className="sr-only">: {competition.title}</span>
          </a>
        )}
        {!past && (
          <Button size="sm" busy={busy} onClick={() => setDialogOpen(true)} aria-label={`Leave ${competition.title}`}>
            Leave
          </Button>
        )}
      </div>
      <LeaveDialog
        open={dialogOpen}
        onOpenChange={setDialogOpen}
        waitlisted={waitlisted}
        othersWaitlisted={competition.waiting > 0}
        title={competition.title}
        confirm={() => void confirm()}
      />
    </li>
  );
}

function RegistrationStatusLabel({
  registration: { status, position },
  past,
}: {
  registration: MyRegistration;
  past: boolean;
}) {
  if (past)
    return (
      <StatusLabel tone="neutral" shape="bar">
        {isSeated(status) ? 'You were in' : 'No seat became free'}
      </StatusLabel>
    );
  if (status === 'WAITLISTED')
    return (
      <StatusLabel tone="warning" shape="half">
        <span className="tabular">Number {position?.toLocaleString('en')} in line</span>
      </StatusLabel>
    );
  return (
    <StatusLabel tone="success" shape="seat">
      {status === 'CONFIRMED' ? 'You are in' : 'You are in, the confirmation is on its way'}
    </StatusLabel>
  );
}
