'use client';

import type { Role } from '@mini-compete/shared/auth';
import type { Competition } from '@mini-compete/shared/competitions';
import type { CompetitionStatus, OwnRegistration } from '@mini-compete/shared/seats';
import type { ReactNode } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { formatSpan, seatsLeftText } from '@/lib/format';
import { useRoomAtTheEdge } from '@/lib/hooks/use-bottom-bar-inset';
import { competitionPath, signInPath } from '@/lib/paths';
import type { RegistrationAct } from '@/lib/registration-attempt';
import { ActNotice } from './request-status';
import type { ActState } from './use-registration-request';

export type GateReader = { id: string; role: Role } | null;

type Props = {
  competition: Competition;
  status: CompetitionStatus;
  now: number;
  own: OwnRegistration | null;
  reader: GateReader;
  act: ActState;
  start: (act: RegistrationAct) => void;
  reset: () => void;
};

/** On phones this part stays at the bottom edge, always in reach, with the facts in one line. */
export function GateAction(props: Props) {
  const { competition, status, now, own, act } = props;
  const edge = useRoomAtTheEdge();
  const button = buttonOf(props);
  const notice = <ActNotice act={act} waitlist={competition.waitlist} status={status} />;
  if (button === null) return notice;
  return (
    <div
      ref={edge}
      className="edge flex flex-col gap-3 max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-30 max-lg:border-t max-lg:border-line max-lg:bg-raised max-lg:px-4 max-lg:pt-3 max-lg:pb-[max(0.75rem,env(safe-area-inset-bottom))] max-lg:shadow-float print:hidden"
    >
      {notice}
      {own === null && (
        <p aria-hidden="true" className="tabular flex flex-wrap justify-between gap-x-4 text-sm text-muted lg:hidden">
          <span>{seatsLeftText(competition.seatsLeft, competition.capacity)}</span>
          <span>{shortTime(competition, status, now)}</span>
        </p>
      )}
      {button}
      <noscript>
        <p className="text-sm text-muted">Registering needs JavaScript; reading does not.</p>
      </noscript>
    </div>
  );
}

function shortTime({ regOpensAt, regDeadline }: Competition, status: CompetitionStatus, now: number): string {
  if (status === 'upcoming' && regOpensAt) return `opens in ${formatSpan(Date.parse(regOpensAt) - now)}`;
  return status === 'open' || status === 'full' ? `closes in ${formatSpan(Date.parse(regDeadline) - now)}` : '';
}

function buttonOf({ competition, status, own, reader, act, start, reset }: Props): ReactNode {
  const { id, organizer, waitlist, waiting } = competition;
  if (reader?.id === organizer.id || reader?.role === 'ADMIN')
    return <OrganizerLinks id={id} own={reader?.id === organizer.id} />;
  if (own !== null || status === 'closed' || status === 'cancelled') return null;
  if (reader?.role === 'ORGANIZER')
    return <Notice>You are signed in as an organizer. Registering takes a participant’s account.</Notice>;
  const wide = 'w-full';
  if (reader === null && status !== 'upcoming' && (status === 'open' || waitlist))
    return (
      <ButtonLink tone="primary" size="lg" className={wide} href={signInPath(competitionPath(id))}>
        {status === 'full' ? 'Sign in to join the line' : 'Sign in to register'}
      </ButtonLink>
    );
  const busy = act.phase === 'working' || act.phase === 'retrying';
  const press = (which: RegistrationAct) => () => {
    reset();
    start(which);
  };
  if (status === 'full' && !waitlist)
    return (
      <>
        <Button tone="primary" size="lg" className={wide} disabled>
          No seat left
        </Button>
        <Small>There is no waiting list. If somebody leaves, the seat appears here at once.</Small>
      </>
    );
  if (status === 'full')
    return (
      <>
        <Button tone="primary" size="lg" className={wide} busy={busy} onClick={press('join')}>
          {busy ? 'Joining the line' : 'Join the line'}
        </Button>
        <Small>
          {waiting === 0
            ? 'You would be the first in line.'
            : `You would be number ${(waiting + 1).toLocaleString('en')}.`}{' '}
          A seat that becomes free goes to the first in line, by itself.
        </Small>
      </>
    );
  if (status === 'upcoming')
    return (
      <>
        <Button tone="primary" size="lg" className={wide} disabled>
          Register
        </Button>
        <Small>
          {reader ? 'The button wakes up by itself the moment registration opens.' : <SignInFirst id={id} />}
        </Small>
      </>
    );
  return (
    <Button tone="primary" size="lg" className={wide} busy={busy} onClick={press('register')}>
      {busy ? 'Registering' : 'Register'}
    </Button>
  );
}

function OrganizerLinks({ id, own }: { id: string; own: boolean }) {
  return (
    <div className="flex flex-col gap-3 sm:max-lg:flex-row">
      {own && <p className="text-sm font-semibold max-lg:hidden">You organize this</p>}
      <div className="flex gap-3">
        <ButtonLink tone="primary" href={`/organize/${id}`} className="grow">
          Who is in
        </ButtonLink>
        <ButtonLink href={`/competitions/${id}/edit`} className="grow">
          Edit
        </ButtonLink>
      </div>
    </div>
  );
}

function SignInFirst({ id }: { id: string }) {
  return (
    <>
      <a className="link font-semibold text-ink" href={signInPath(competitionPath(id))}>
        Sign in
      </a>{' '}
      before it opens, so that one press is enough.
    </>
  );
}

function Small({ children }: { children: ReactNode }) {
  return <p className="text-sm text-muted max-lg:text-xs">{children}</p>;
}
