'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { isSeated } from '@mini-compete/shared/registration-status';
import type { CompetitionStatus, MyActiveRegistration } from '@mini-compete/shared/seats';
import dynamic from 'next/dynamic';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { AddToCalendar } from '@/components/competitions/catalog/add-to-calendar';
import { type Standing, standingOf } from '@/components/registrations/mine/standing';
import { Button, ButtonLink } from '@/components/ui/button';
import { ticketPath } from '@/lib/paths';
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
  const { status: registrationStatus, registeredAt, heldUntil = null } = registration;
  const standing = standingOf(registrationStatus);
  if (status === 'closed' && hasTakenPlace(competition, now))
    return (
      <div className="rounded-md bg-sunken p-4">
        <h2 className="text-xl">{t(standing === 'seat' ? 'mine.wasRegistered' : 'mine.gotNoSeat')}</h2>
      </div>
    );
  return (
    <div className={`animate-rise rounded-md p-4 ${BACKGROUNDS[standing]}`}>
      <h2 ref={heading} tabIndex={-1} className="text-xl outline-none">
        {standing === 'waitlist'
          ? t('mine.waitlisted', { position: registration.position === null ? '…' : number(registration.position) })
          : t(HEADINGS[standing])}
      </h2>
      {standing === 'hold' && heldUntil !== null ? (
        <TimeLeft until={heldUntil} now={now}>
          {t('mine.heldText', { when: instant(heldUntil, 'full') })}
        </TimeLeft>
      ) : (
        <p className="mt-1.5 text-sm">{t(statusText(registration, promoted, competition, now))}</p>
      )}
      {standing === 'application' && competition.decisionsBy !== null && (
        <p className="mt-1 text-sm" suppressHydrationWarning>
          {Date.parse(competition.decisionsBy) > now
            ? t('mine.appliedBy', { when: instant(competition.decisionsBy, 'full') })
            : t('mine.appliedLate')}
        </p>
      )}
      {standing !== 'hold' && (
        <p className="mt-1 text-sm text-muted" suppressHydrationWarning>
          {t(SINCE[standing], { time: instant(registeredAt, 'full') })}
        </p>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2">
        {isSeated(registrationStatus) && (
          <ButtonLink size="sm" href={ticketPath(competition.id)} prefetch={false}>
            {t('mine.ticket')}
          </ButtonLink>
        )}
        {competition.startDate && isSeated(registrationStatus) && (
          <AddToCalendar competition={{ ...competition, startDate: competition.startDate }} />
        )}
        <Button tone="ghost" size="sm" className="underline underline-offset-4" onClick={() => setDialogOpen(true)}>
          {t(LEAVE[standing])}
        </Button>
      </div>
      <LeaveDialog
        open={dialogOpen}
        onOpenChange={setDialogOpen}
        standing={standing}
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

/** How long a seat is held, by the clock of the server, and what to do until then. */
export function TimeLeft({ until, now, children }: { until: string; now: number; children: ReactNode }) {
  const t = useTexts('panel');
  const { duration } = useFormats();
  const left = Date.parse(until) - now;
  if (left <= 0) return <p className="mt-1.5 text-sm">{t('mine.heldOver')}</p>;
  return (
    <>
      <p className="mt-3">
        <span className="block text-sm text-muted">{t('mine.timeLeft')}</span>
        <span role="timer" className="tabular block font-heading text-2xl font-semibold tracking-tight">
          {duration(left)}
        </span>
      </p>
      <p className="mt-1.5 text-sm" suppressHydrationWarning>
        {children}
      </p>
    </>
  );
}

export const BACKGROUNDS: Record<Standing, string> = {
  seat: 'bg-accent-soft',
  waitlist: 'bg-warning-soft',
  application: 'bg-sunken',
  hold: 'bg-warning-soft',
};
const HEADINGS = { seat: 'mine.registered', application: 'mine.applied', hold: 'mine.held' } as const;
export const SINCE = {
  seat: 'mine.registeredSince',
  waitlist: 'mine.waitingSince',
  application: 'mine.appliedSince',
} as const;
const LEAVE = {
  seat: 'mine.leave',
  waitlist: 'mine.leaveWaitlist',
  application: 'mine.withdraw',
  hold: 'mine.decline',
} as const satisfies Record<Standing, string>;

function statusText(registration: MyActiveRegistration, promoted: boolean, competition: Competition, now: number) {
  switch (registration.status) {
    case 'APPLIED':
      return 'mine.appliedText';
    case 'WAITLISTED':
      if (Date.parse(competition.promotesUntil) <= now) return 'mine.noMorePromotions';
      return competition.confirmWithinHours === null ? 'mine.waiting' : 'mine.waitingHold';
    default:
      if (promoted) return 'mine.promoted';
      return registration.status === 'PENDING' ? 'mine.confirming' : 'mine.confirmed';
  }
}
