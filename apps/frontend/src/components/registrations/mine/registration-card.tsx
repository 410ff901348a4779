'use client';

import { isSeated } from '@mini-compete/shared/registration-status';
import type { MyRegistration } from '@mini-compete/shared/registrations';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { AddToCalendar } from '@/components/competitions/catalog/add-to-calendar';
import { SeatGrid } from '@/components/seats/seat-grid';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { StatusLabel } from '@/components/ui/status-label';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { leave } from '@/lib/api/registrations';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { competitionPath } from '@/lib/paths';
import { LeaveDialog } from './leave-dialog';

/** A registration in the participant's list. */
export function RegistrationCard({ registration, past }: { registration: MyRegistration; past: boolean }) {
  const { competition, status, promotedAt, registeredAt } = registration;
  const t = useTexts('registrations');
  const { instant } = useFormats();
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
      toast(t(waitlisted ? 'card.leftWaitlist' : 'card.left', { title: competition.title }));
      router.refresh();
    });
  return (
    <li className="relative grid gap-x-8 gap-y-3 border-b border-line py-5 sm:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <RegistrationStatusLabel registration={registration} past={past} />
          {competition.status === 'closed' && waitlisted && !past && (
            <span className="text-sm text-muted">{t('card.closed')}</span>
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
        <p className="mt-1 text-sm text-muted">
          {competition.startDate ? <LocalTime iso={competition.startDate} /> : t('noDate')}
          {competition.location && ` · ${competition.location}`}
        </p>
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1">
          <SeatGrid capacity={competition.capacity} seatsLeft={competition.seatsLeft} mine={seated} size="row" />
          <p className="tabular text-sm text-muted" suppressHydrationWarning>
            {waitlisted
              ? t('card.waitingSince', { count: competition.waiting, time: instant(registeredAt, 'short') })
              : t('card.registeredSince', {
                  taken: competition.capacity - competition.seatsLeft,
                  capacity: competition.capacity,
                  time: instant(registeredAt, 'short'),
                })}
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
          <AddToCalendar competition={{ ...competition, startDate: competition.startDate }} named />
        )}
        {!past && (
          <Button
            size="sm"
            busy={busy}
            onClick={() => setDialogOpen(true)}
            aria-label={t('card.leaveLabel', { title: competition.title })}
          >
            {t('card.leave')}
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
  const t = useTexts('registrations');
  const { number } = useFormats();
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
  return (
    <StatusLabel tone="success" shape="seat">
      {t(status === 'CONFIRMED' ? 'card.registered' : 'card.confirming')}
    </StatusLabel>
  );
}
