'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { isSeated } from '@mini-compete/shared/registration-status';
import type { CompetitionStatus, MyActiveRegistration } from '@mini-compete/shared/seats';
import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { AddToCalendar } from '@/components/competitions/catalog/add-to-calendar';
import { Button } from '@/components/ui/button';
import type { RegistrationOperation } from '@/lib/registration-attempt';
import { hasTakenPlace } from './has-taken-place';
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
  now: number;
  request: RequestState;
  start: (operation: RegistrationOperation) => void;
};

/** The viewer's active registration: the seat or the position on the waitlist, and the button to leave. */
export function MyRegistration({ registration, promoted, competition, status, now, request, start }: Props) {
  const t = useTexts('panel');
  const { instant, number } = useFormats();
  const [dialogOpen, setDialogOpen] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Preload: the connection may be lost when the button is clicked. If this fails, rendering the dialog loads it again.
    loadLeaveDialog().catch(() => undefined);
  }, []);
  const justRegistered = request.phase === 'done' && request.operation !== 'leave';
  useEffect(() => {
    if (!justRegistered) return;
    // The clicked button has been removed, and the keyboard focus with it. On phones the panel may be far above.
    heading.current?.scrollIntoView({ block: 'center', behavior: 'instant' });
    heading.current?.focus({ preventScroll: true });
  }, [justRegistered]);
  if (status === 'cancelled') return null;
  const waitlisted = registration.status === 'WAITLISTED';
  if (status === 'closed' && hasTakenPlace(competition, now))
    return (
      <div className="rounded-md bg-sunken p-4">
        <h2 className="text-xl">{t(waitlisted ? 'mine.gotNoSeat' : 'mine.wasRegistered')}</h2>
      </div>
    );
  return (
    <div className={`animate-rise rounded-md p-4 ${waitlisted ? 'bg-warning-soft' : 'bg-accent-soft'}`}>
      <h2 ref={heading} tabIndex={-1} className="text-xl outline-none">
        {waitlisted
          ? t('mine.waitlisted', { position: registration.position === null ? '…' : number(registration.position) })
          : t('mine.registered')}
      </h2>
      <p className="mt-1.5 text-sm">{t(statusText(registration, promoted, status))}</p>
      <p className="mt-1 text-sm text-muted" suppressHydrationWarning>
        {t(waitlisted ? 'mine.waitingSince' : 'mine.registeredSince', {
          time: instant(registration.registeredAt, 'full'),
        })}
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2">
        {competition.startDate && isSeated(registration.status) && (
          <AddToCalendar competition={{ ...competition, startDate: competition.startDate }} />
        )}
        <Button
          tone="ghost"
          size="sm"
          className="-mx-3.5 underline underline-offset-4"
          onClick={() => setDialogOpen(true)}
        >
          {t(waitlisted ? 'mine.leaveWaitlist' : 'mine.leave')}
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

function statusText(registration: MyActiveRegistration, promoted: boolean, status: CompetitionStatus) {
  if (registration.status === 'WAITLISTED') return status === 'closed' ? 'mine.noMorePromotions' : 'mine.waiting';
  if (promoted) return 'mine.promoted';
  return registration.status === 'PENDING' ? 'mine.confirming' : 'mine.confirmed';
}
