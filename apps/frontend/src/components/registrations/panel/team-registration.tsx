import type { Competition } from '@mini-compete/shared/competitions';
import { isSeated } from '@mini-compete/shared/registration-status';
import type { CompetitionStatus, MyActiveRegistration } from '@mini-compete/shared/seats';
import type { Team } from '@mini-compete/shared/teams';
import { type ReactNode, useEffect, useRef } from 'react';
import { useFormats, useTexts } from '#texts';
import { AddToCalendar } from '@/components/competitions/catalog/add-to-calendar';
import { standingOf } from '@/components/registrations/mine/standing';
import { ButtonLink } from '@/components/ui/button';
import { teamPath, ticketPath } from '@/lib/paths';
import { BelowMinimum } from '../teams/below-minimum';
import { captainOf, isCaptain, isLocked, membersMissing, seatsOf } from '../teams/team-facts';
import { hasTakenPlace } from './has-taken-place';
import { BACKGROUNDS, SINCE, TimeLeft } from './my-registration';
import type { RequestState } from './use-registration-request';

type Props = {
  registration: MyActiveRegistration;
  team: Team;
  userId: string;
  promoted: boolean;
  competition: Competition;
  status: CompetitionStatus;
  now: number;
  request: RequestState;
};

/** The active registration of the viewer's team, in the registration panel. Leaving is on the page of the team. */
export function TeamRegistration(props: Props) {
  const { registration, team, userId, promoted, competition, status, now, request } = props;
  const t = useTexts('teamPanel');
  const panel = useTexts('panel');
  const { instant, number } = useFormats();
  const heading = useRef<HTMLHeadingElement>(null);
  const justRegistered = request.phase === 'done';
  useEffect(() => {
    if (!justRegistered) return;
    // The clicked button has been removed, and the keyboard focus with it. On phones the panel may be far above.
    heading.current?.scrollIntoView({ block: 'center', behavior: 'instant' });
    heading.current?.focus({ preventScroll: true });
  }, [justRegistered]);
  if (status === 'cancelled') return null;
  const standing = standingOf(registration.status);
  const isOver = status === 'closed' && hasTakenPlace(competition, now);
  const seats = seatsOf(team, competition);
  const missing = membersMissing(team, competition);
  return (
    <>
      <div className={`animate-rise rounded-md p-4 ${isOver ? 'bg-sunken' : BACKGROUNDS[standing]}`}>
        <h2 ref={heading} tabIndex={-1} className="text-xl outline-none">
          {isOver
            ? t(standing === 'seat' ? 'mine.wasRegistered' : 'mine.gotNoSeat')
            : standing === 'waitlist'
              ? t('mine.waitlisted', { position: registration.position === null ? '…' : number(registration.position) })
              : standing === 'hold'
                ? t('mine.held', { seats })
                : t(standing === 'seat' ? 'mine.registered' : 'mine.applied')}
        </h2>
        <p className="mt-1 wrap-anywhere">
          {t.rich('mine.team', {
            team: team.name,
            count: team.members.length,
            max: competition.teamMax ?? 0,
            name: bold,
          })}
        </p>
        {!isOver && (
          <>
            {standing === 'hold' && registration.heldUntil ? (
              <Hold {...props} heldUntil={registration.heldUntil} />
            ) : (
              <p className="mt-1.5 text-sm">{t(statusText(registration, promoted, competition, now))}</p>
            )}
            {standing === 'application' && competition.decisionsBy !== null && (
              <p className="mt-1 text-sm" suppressHydrationWarning>
                {Date.parse(competition.decisionsBy) > now
                  ? panel('mine.appliedBy', { when: instant(competition.decisionsBy, 'full') })
                  : panel('mine.appliedLate')}
              </p>
            )}
            {standing !== 'hold' && (
              <p className="mt-1 text-sm text-muted" suppressHydrationWarning>
                {panel(SINCE[standing], { time: instant(registration.registeredAt, 'full') })}
              </p>
            )}
          </>
        )}
        <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2 print:hidden">
          {!isOver && isSeated(registration.status) && (
            <ButtonLink size="sm" href={ticketPath(competition.id)} prefetch={false}>
              {panel('mine.ticket')}
            </ButtonLink>
          )}
          {!isOver && competition.startDate && isSeated(registration.status) && (
            <AddToCalendar competition={{ ...competition, startDate: competition.startDate }} />
          )}
          <ButtonLink size="sm" href={teamPath(competition.id)}>
            {t(isCaptain(team, userId) ? 'manage' : 'view')}
          </ButtonLink>
        </div>
      </div>
      {missing > 0 && !isLocked(team, now) && <BelowMinimum team={team} competition={competition} missing={missing} />}
    </>
  );
}

const bold = (chunks: ReactNode) => (
  <strong>
    <bdi>{chunks}</bdi>
  </strong>
);

/** Until when the seats are held, and who confirms them. */
function Hold({ team, userId, now, heldUntil }: Props & { heldUntil: string }) {
  const t = useTexts('teamPanel');
  const { instant } = useFormats();
  const when = instant(heldUntil, 'full');
  return (
    <TimeLeft until={heldUntil} now={now}>
      {isCaptain(team, userId)
        ? t('mine.heldText', { when })
        : t.rich('mine.heldCaptain', { captain: captainOf(team)?.name ?? '', when, name: bold })}
    </TimeLeft>
  );
}

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
