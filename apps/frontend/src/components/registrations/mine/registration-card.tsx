'use client';

import { isSeated } from '@mini-compete/shared/registration-status';
import type { MyRegistration } from '@mini-compete/shared/registrations';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { AddToCalendar } from '@/components/competitions/catalog/add-to-calendar';
import { WhenAndWhere } from '@/components/competitions/catalog/when-and-where';
import { SeatGrid } from '@/components/seats/seat-grid';
import { Button, ButtonLink } from '@/components/ui/button';
import { StatusLabel } from '@/components/ui/status-label';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { confirmSeat, leave } from '@/lib/api/registrations';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { competitionPath, teamPath, ticketPath } from '@/lib/paths';
import { MyAnswers } from '../answers/my-answers';
import { LeaveDialog } from './leave-dialog';
import { mayConfirm } from './most-urgent';
import { standingOf } from './standing';

/** A registration in the participant's list. */
type Props = {
  registration: MyRegistration;
  past: boolean;
  now: number;
  /** Whether its button is the primary one of the page: see `mostUrgent`. */
  urgent: boolean;
};

export function RegistrationCard({ registration, past, now, urgent }: Props) {
  const { competition, status, promotedAt, promotesUntil, team } = registration;
  const maySettle = mayConfirm(registration);
  const t = useTexts('registrations');
  const { instant } = useFormats();
  const router = useRouter();
  const toast = useToast();
  const keys = useRef({ leave: '', confirm: '' });
  const [dialogOpen, setDialogOpen] = useState(false);
  const canChange = maySettle && !past && competition.status !== 'closed' && competition.status !== 'cancelled';
  /** Also people whom an import has registered, or who had registered before the first question. */
  const mayAnswer = canChange && registration.asksQuestions === true;
  const { busy, failure, run } = useSubmit();
  const standing = standingOf(status);
  const seated = isSeated(status);
  // The same key for each click, so that a retry after a lost response replays it.
  const keyOf = (act: keyof typeof keys.current) => (keys.current[act] ||= newIdempotencyKey());
  const confirmLeave = () =>
    run(async () => {
      setDialogOpen(false);
      await leave(call, competition.id, keyOf('leave'));
      toast(t(`card.left.${standing}`, { title: competition.title }));
      router.refresh();
    });
  const confirmHold = () =>
    run(async () => {
      await confirmSeat(call, competition.id, keyOf('confirm'));
      toast(t('card.confirmed', { title: competition.title }));
      router.refresh();
    });
  return (
    <li className="relative grid gap-x-8 gap-y-3 border-b border-line py-5 sm:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <RegistrationStatusLabel registration={registration} past={past} />
          {standing === 'waitlist' && Date.parse(promotesUntil) <= now && !past && (
            <span className="text-sm text-muted">{t('card.closed')}</span>
          )}
          {standing === 'application' && registration.decisionsBy && !past && (
            <span className="text-sm text-muted" suppressHydrationWarning>
              {Date.parse(registration.decisionsBy) > now
                ? t('card.decisionBy', { when: instant(registration.decisionsBy, 'short') })
                : t('card.decisionLate')}
            </span>
          )}
          {promotedAt && seated && (
            <span className="text-sm text-muted" suppressHydrationWarning>
              {t('card.promoted', { time: instant(promotedAt, 'short') })}
            </span>
          )}
        </p>
        <h3 className="mt-2 text-lg leading-snug">
          <Link href={competitionPath(competition.id)} className="hover:text-accent">
            {competition.title}
          </Link>
        </h3>
        {team && (
          <p className="mt-1 font-semibold wrap-anywhere">
            {t.rich('card.team', { name: team.name, n: (chunks) => <bdi>{chunks}</bdi> })}
          </p>
        )}
        <p className="mt-1 text-sm text-muted">
          <WhenAndWhere competition={competition} noDate={t('noDate')} />
        </p>
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1">
          <SeatGrid capacity={competition.capacity} seatsLeft={competition.seatsLeft} mine={seated} size="row" />
          <p className="tabular flex flex-wrap gap-x-4 text-sm text-muted">
            <Since registration={registration} />
          </p>
        </div>
        {(registration.hasAnswers || mayAnswer) && (
          <MyAnswers competitionId={competition.id} {...(team && { part: 'TEAM' as const })} canChange={canChange} />
        )}
        {failure && (
          <p role="alert" className="mt-2 text-sm font-semibold text-error">
            {failure.title}
          </p>
        )}
      </div>
      <div className="no-print flex flex-wrap items-start gap-3 sm:justify-end">
        {seated && !past && (
          <ButtonLink
            size="sm"
            href={ticketPath(competition.id)}
            prefetch={false}
            aria-label={t('card.ticketLabel', { title: competition.title })}
          >
            {t('card.ticket')}
          </ButtonLink>
        )}
        {competition.startDate && seated && !past && (
          <AddToCalendar competition={{ ...competition, startDate: competition.startDate }} named />
        )}
        {standing === 'hold' && !past && maySettle && (
          <Button
            tone={urgent ? 'primary' : 'secondary'}
            size="sm"
            busy={busy}
            onClick={() => void confirmHold()}
            aria-label={t('card.confirmLabel', { title: competition.title })}
          >
            {t('card.confirm')}
          </Button>
        )}
        {team && (
          <ButtonLink
            size="sm"
            href={teamPath(competition.id)}
            aria-label={t('card.yourTeamLabel', { title: competition.title })}
          >
            {t('card.yourTeam')}
          </ButtonLink>
        )}
        {/* A team is left on its page, which says what happens to the others. */}
        {!past && team === undefined && (
          <Button
            size="sm"
            busy={busy}
            onClick={() => setDialogOpen(true)}
            aria-label={t(`card.leaveLabel.${standing}`, { title: competition.title })}
          >
            {t(`card.leave.${standing}`)}
          </Button>
        )}
      </div>
      <LeaveDialog
        open={dialogOpen}
        onOpenChange={setDialogOpen}
        standing={standing}
        othersWaitlisted={competition.waiting > 0}
        title={competition.title}
        confirm={() => void confirmLeave()}
      />
    </li>
  );
}

/** What the seats or the waitlist are now, and since when the person has been in it. */
function Since({ registration: { competition, status, registeredAt, team } }: { registration: MyRegistration }) {
  const t = useTexts('registrations');
  const { instant } = useFormats();
  const time = instant(registeredAt, 'short');
  const { capacity, seatsLeft, waiting } = competition;
  const taken = t('card.taken', { taken: capacity - seatsLeft, capacity });
  switch (standingOf(status)) {
    case 'application':
      return <Whole>{t('card.appliedSince', { time })}</Whole>;
    case 'waitlist': {
      const who = team ? 'TEAMS' : 'PEOPLE';
      return (
        <>
          <Whole>{t('card.waiting', { count: waiting, who })}</Whole>
          <Whole>{t('card.waitingSince', { time, who })}</Whole>
        </>
      );
    }
    case 'hold':
      // Nobody has registered before they have confirmed.
      return <Whole>{taken}</Whole>;
    case 'seat':
      return (
        <>
          <Whole>{taken}</Whole>
          <Whole>{t('card.registeredSince', { time })}</Whole>
        </>
      );
  }
}

/** In one line, if it is not wider than that. */
const Whole = ({ children }: { children: string }) => (
  <span className="inline-block" suppressHydrationWarning>
    {children}
  </span>
);

function RegistrationStatusLabel({
  registration: { status, position, heldUntil },
  past,
}: {
  registration: MyRegistration;
  past: boolean;
}) {
  const t = useTexts('registrations');
  const { number, instant } = useFormats();
  if (past)
    return (
      <StatusLabel tone="neutral" shape="bar">
        {t(isSeated(status) ? 'card.tookPart' : 'card.noSeat')}
      </StatusLabel>
    );
  if (status === 'WAITLISTED')
    return (
      <StatusLabel tone="warning" shape="half">
        <span className="tabular">{t('card.position', { position: position === null ? '…' : number(position) })}</span>
      </StatusLabel>
    );
  if (status === 'APPLIED')
    return (
      <StatusLabel tone="accent" shape="ring">
        {t('card.applied')}
      </StatusLabel>
    );
  if (status === 'HELD')
    return (
      <StatusLabel tone="warning" shape="seat" className="whitespace-normal!">
        <span suppressHydrationWarning>{t('card.confirmBy', { when: instant(heldUntil ?? '', 'short') })}</span>
      </StatusLabel>
    );
  return (
    <StatusLabel tone="success" shape="seat">
      {t(status === 'CONFIRMED' ? 'card.registered' : 'card.confirming')}
    </StatusLabel>
  );
}
