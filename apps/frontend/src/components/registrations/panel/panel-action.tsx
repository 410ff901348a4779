'use client';

import type { Role } from '@mini-compete/shared/auth';
import type { Competition } from '@mini-compete/shared/competitions';
import type { CompetitionStatus, MyActiveRegistration } from '@mini-compete/shared/seats';
import type { ReactNode } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { formatDuration, seatsLeftText } from '@/lib/format';
import { useBottomBarInset } from '@/lib/hooks/use-bottom-bar-inset';
import { competitionPath, signInPath } from '@/lib/paths';
import type { RegistrationOperation } from '@/lib/registration-attempt';
import { RequestStatus } from './request-status';
import type { RequestState } from './use-registration-request';

export type Viewer = { id: string; role: Role } | null;

type Props = {
  competition: Competition;
  status: CompetitionStatus;
  now: number;
  registration: MyActiveRegistration | null;
  viewer: Viewer;
  request: RequestState;
  start: (operation: RegistrationOperation) => void;
  reset: () => void;
};

/** The button for the next possible operation. On phones it is fixed to the bottom, with seats and time above it. */
export function PanelAction(props: Props) {
  const { competition, status, now, registration, request } = props;
  const bottomBar = useBottomBarInset();
  const button = actionFor(props);
  const notice = <RequestStatus request={request} waitlist={competition.waitlist} status={status} />;
  if (button === null) return notice;
  return (
    <div
      ref={bottomBar}
      className="bottom-bar flex flex-col gap-3 max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-30 max-lg:border-t max-lg:border-line max-lg:bg-raised max-lg:px-4 max-lg:pt-3 max-lg:pb-[max(0.75rem,env(safe-area-inset-bottom))] max-lg:shadow-float print:hidden"
    >
      {notice}
      {registration === null && (
        <p aria-hidden="true" className="tabular flex flex-wrap justify-between gap-x-4 text-sm text-muted lg:hidden">
          <span>{seatsLeftText(competition.seatsLeft, competition.capacity)}</span>
          <span>{timeText(competition, status, now)}</span>
        </p>
      )}
      {button}
      <noscript>
        <p className="text-sm text-muted">Registering needs JavaScript; reading does not.</p>
      </noscript>
    </div>
  );
}

function timeText({ regOpensAt, regDeadline }: Competition, status: CompetitionStatus, now: number): string {
  if (status === 'upcoming' && regOpensAt) return `opens in ${formatDuration(Date.parse(regOpensAt) - now)}`;
  return status === 'open' || status === 'full' ? `closes in ${formatDuration(Date.parse(regDeadline) - now)}` : '';
}

function actionFor({ competition, status, registration, viewer, request, start, reset }: Props): ReactNode {
  const { id, organizer, waitlist, waiting } = competition;
  if (viewer?.id === organizer.id || viewer?.role === 'ADMIN')
    return <OrganizerLinks id={id} isOwner={viewer?.id === organizer.id} />;
  if (registration !== null || status === 'closed' || status === 'cancelled') return null;
  if (viewer?.role === 'ORGANIZER')
    return <Notice>You are signed in as an organizer. Registering takes a participant’s account.</Notice>;
  if (viewer === null && status !== 'upcoming' && (status === 'open' || waitlist))
    return (
      <ButtonLink tone="primary" size="lg" className="w-full" href={signInPath(competitionPath(id))}>
        {status === 'full' ? 'Sign in to join the line' : 'Sign in to register'}
      </ButtonLink>
    );
  const busy = request.phase === 'working' || request.phase === 'retrying';
  const run = (operation: RegistrationOperation) => () => {
    reset();
    start(operation);
  };
  if (status === 'full' && !waitlist)
    return (
      <>
        <Button tone="primary" size="lg" className="w-full" disabled>
          No seat left
        </Button>
        <Hint>There is no waiting list. If somebody leaves, the seat appears here at once.</Hint>
      </>
    );
  if (status === 'full')
    return (
      <>
        <Button tone="primary" size="lg" className="w-full" busy={busy} onClick={run('join')}>
          {busy ? 'Joining the line' : 'Join the line'}
        </Button>
        <Hint>
          {waiting === 0
            ? 'You would be the first in line.'
            : `You would be number ${(waiting + 1).toLocaleString('en')}.`}{' '}
          A seat that becomes free goes to the first in line, by itself.
        </Hint>
      </>
    );
  if (status === 'upcoming')
    return (
      <>
        <Button tone="primary" size="lg" className="w-full" disabled>
          Register
        </Button>
        <Hint>{viewer ? 'The button wakes up by itself the moment registration opens.' : <SignInFirst id={id} />}</Hint>
      </>
    );
  return (
    <Button tone="primary" size="lg" className="w-full" busy={busy} onClick={run('register')}>
      {busy ? 'Registering' : 'Register'}
    </Button>
  );
}

function OrganizerLinks({ id, isOwner }: { id: string; isOwner: boolean }) {
  return (
    <div className="flex flex-col gap-3 sm:max-lg:flex-row">
      {isOwner && <p className="text-sm font-semibold max-lg:hidden">You organize this</p>}
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

function Hint({ children }: { children: ReactNode }) {
  return <p className="text-sm text-muted max-lg:text-xs">{children}</p>;
}
