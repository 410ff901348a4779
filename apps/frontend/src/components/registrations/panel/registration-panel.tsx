'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { isHolding } from '@mini-compete/shared/registration-status';
import type { CompetitionStatus, MyActiveRegistration, OwnInvitation } from '@mini-compete/shared/seats';
import type { Team } from '@mini-compete/shared/teams';
import { clsx } from 'clsx';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useTexts } from '#texts';
import { CompetitionStatusLabel } from '@/components/competitions/catalog/competition-status';
import { isForTeams, participantsOf } from '@/components/competitions/catalog/participants';
import { statusAt } from '@/components/competitions/catalog/status';
import { VisibilityLabel } from '@/components/competitions/catalog/visibility-label';
import { StatusLabel } from '@/components/ui/status-label';
import { needsSignIn } from '@/lib/api/problem';
import { useServerNow } from '@/lib/hooks/use-server-now';
import { competitionPath, signInPath } from '@/lib/paths';
import type { RegistrationOperation } from '@/lib/registration-attempt';
import { AnswersSection } from '../answers/answers-section';
import { MyAnswers } from '../answers/my-answers';
import { useAnswers } from '../answers/use-answers';
import { isCaptain } from '../teams/team-facts';
import { EndedRegistration } from './ended-registration';
import { InvitationNotice } from './invitation-notice';
import { MyRegistration } from './my-registration';
import { PanelAction, type Viewer } from './panel-action';
import { PanelSeats } from './panel-seats';
import { useAnnouncement } from './use-announcement';
import { useIntent } from './use-intent';
import { type Connection, useLiveSeats, useRefetchWhenStale } from './use-live-seats';
import { useMyRegistration } from './use-my-registration';
import { useRegistrationRequest } from './use-registration-request';

/** Few people see it: its code is loaded when it is needed. */
const VerifyStep = dynamic(() => import('./verify-step').then((module) => module.VerifyStep));
const TeamIntro = dynamic(() => import('./team-intro').then((module) => module.TeamIntro));
const TeamCard = dynamic(() => import('./team-card').then((module) => module.TeamCard));
const TeamRegistration = dynamic(() => import('./team-registration').then((module) => module.TeamRegistration));

type Props = {
  /** As the server rendered it. */
  competition: Competition;
  viewer: Viewer;
  /** The viewer's team, in a competition for teams. */
  team?: Team | null;
};

/** Live seats and times, the viewer's registration, and the button to register. */
export function RegistrationPanel({ competition: loaded, viewer, team = null }: Props) {
  const t = useTexts('panel');
  const router = useRouter();
  const { now, syncClock } = useServerNow(loaded.serverTime);
  const participantId = viewer?.role === 'PARTICIPANT' ? viewer.id : null;
  const { request, start, reset, resume, cancel } = useRegistrationRequest(loaded.id, participantId);
  const refusal = request.phase === 'refused' ? request.error : null;
  const forTeams = isForTeams(loaded);
  /** In a competition for teams the captain acts for all of them. */
  const mayAct = !forTeams || (team !== null && isCaptain(team, viewer?.id));
  const answers = useAnswers(loaded, participantId, refusal, forTeams ? 'TEAM' : undefined);
  /** False when answers have to be corrected first. */
  const startWithAnswers = (operation: RegistrationOperation, key?: string): boolean => {
    const given = takesSeat(operation) ? answers.prepare() : undefined;
    if (given === null) return false;
    if (operation === 'redeem') start(operation, key, { ...given, invitationToken: loaded.invitation?.token ?? '' });
    else start(operation, key, team ? { ...given, teamId: team.id } : given);
    return true;
  };
  const isRegistered = request.phase === 'done' && takesSeat(request.operation);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form is another object at each rendering
  useEffect(() => {
    if (!isRegistered) return;
    answers.clear();
    // The invitation is used up: it must not come back if the person leaves.
    if (loaded.invitation) router.refresh();
  }, [isRegistered]);
  const changedIntent = useIntent(loaded, participantId, startWithAnswers);
  const { registration, promoted, leftStanding, stream } = useMyRegistration(loaded, request);
  const { seats, connection } = useLiveSeats(loaded, { syncClock, ...stream });
  useRefetchWhenStale(loaded, seats);

  const competition = { ...loaded, ...seats, capacity: Math.max(loaded.capacity, seats.seatsLeft) };
  const status = statusAt(competition, now);

  const invitation = openInvitation(loaded, status, registration, now);
  const asks =
    mayAct &&
    answers.questions.length > 0 &&
    (invitation !== null || takesAnswers(competition, status, registration, viewer));

  const hasLeft = request.phase !== 'idle' && request.operation === 'leave';
  const announcement = useAnnouncement(status, registration, hasLeft, participantsOf(loaded));
  useEffect(() => {
    if (refusal && needsSignIn(refusal)) window.location.assign(`${signInPath(competitionPath(loaded.id))}&ended=1`);
    else if (refusal && refusal.code !== 'EMAIL_NOT_VERIFIED') router.refresh();
  }, [refusal, router, loaded.id]);

  const ended = registration === null && status !== 'cancelled' ? loaded.endedRegistration : null;
  // With a hold, the button is next to the time that is left for it.
  const isHeld = registration?.status === 'HELD';
  const action =
    refusal?.code === 'EMAIL_NOT_VERIFIED' ? (
      <VerifyStep joins={request.phase === 'refused' && request.operation === 'join'} resume={resume} cancel={cancel} />
    ) : (
      <PanelAction
        competition={competition}
        status={status}
        now={now}
        registration={registration}
        invitation={invitation}
        viewer={viewer}
        team={team}
        request={request}
        start={startWithAnswers}
        reset={reset}
        changedIntent={changedIntent}
        leftStanding={leftStanding}
        answers={answers}
      />
    );

  return (
    <section
      aria-label={t('label')}
      className={clsx(
        'flex flex-col gap-5 lg:rounded-lg lg:border lg:border-line lg:bg-raised lg:p-7',
        // A panel that is longer than the window would be scrolled to its end last.
        !asks && 'lg:sticky lg:top-6',
      )}
    >
      <div className="flex items-center justify-between gap-4">
        {competition.visibility === 'DRAFT' && status !== 'cancelled' ? (
          <VisibilityLabel visibility="DRAFT" />
        ) : invitation ? (
          <StatusLabel tone="accent" shape="seat">
            {t('invited.label')}
          </StatusLabel>
        ) : (
          <CompetitionStatusLabel status={status} competition={competition} />
        )}
        {status !== 'cancelled' && status !== 'closed' && <ConnectionStatus connection={connection} />}
      </div>
      <p role="status" className="sr-only">
        {announcement}
      </p>
      {invitation && <InvitationNotice invitation={invitation} registration={registration} />}
      {registration && team && participantId ? (
        <TeamRegistration
          registration={registration}
          team={team}
          userId={participantId}
          promoted={promoted}
          competition={competition}
          status={status}
          now={now}
          request={request}
        />
      ) : (
        registration && (
          <MyRegistration
            registration={registration}
            promoted={promoted}
            competition={competition}
            status={status}
            now={now}
            request={request}
            start={start}
          />
        )
      )}
      {ended && invitation === null && <EndedRegistration ended={ended} competition={competition} status={status} />}
      {isHeld && action}
      {team && participantId && registration === null && status !== 'cancelled' && (
        <TeamCard team={team} competition={competition} userId={participantId} now={now} />
      )}
      <PanelSeats
        competition={competition}
        status={status}
        now={now}
        registration={registration}
        invited={invitation !== null}
        newlyTaken={seats.newlyTaken}
      />
      {registration && !asks && answers.questions.length > 0 && (
        <MyAnswers
          competitionId={competition.id}
          canChange={mayAct && status !== 'closed' && status !== 'cancelled'}
          {...(forTeams && { part: 'TEAM' as const })}
        />
      )}
      {forTeams &&
        team === null &&
        registration === null &&
        viewer?.role !== 'ORGANIZER' &&
        loaded.staffRole === null && <TeamIntro competition={competition} status={status} />}
      {asks && <AnswersSection form={answers} forTeam={forTeams} />}
      {!isHeld && action}
    </section>
  );
}

const takesSeat = (operation: RegistrationOperation) => operation !== 'leave' && operation !== 'confirm';

/** Also when registration is closed, and for people who wait or have applied: a seat is reserved for them. */
function openInvitation(
  { invitation = null, staffRole }: Competition,
  status: CompetitionStatus,
  registration: MyActiveRegistration | null,
  now: number,
): OwnInvitation | null {
  if (status === 'cancelled' || staffRole !== null || isHolding(registration?.status)) return null;
  return invitation !== null && Date.parse(invitation.expiresAt) > now ? invitation : null;
}

/** Also before registration opens: there is time to fill in the form. */
function takesAnswers(
  { staffRole, waitlist, admissionMode, endedRegistration }: Competition,
  status: CompetitionStatus,
  registration: MyActiveRegistration | null,
  viewer: Viewer,
): boolean {
  if (registration !== null || staffRole !== null || viewer?.role === 'ORGANIZER') return false;
  // The staff has decided; only they can reopen the application.
  if (admissionMode === 'APPROVAL' && endedRegistration?.endReason === 'REJECTED') return false;
  return status === 'upcoming' || status === 'open' || (status === 'full' && waitlist);
}

function ConnectionStatus({ connection }: { connection: Connection }) {
  const t = useTexts('panel');
  return (
    <p
      role="status"
      className={clsx(
        'flex min-h-6 items-center gap-1.5 text-sm',
        connection === 'lost' ? 'text-error font-semibold' : 'text-muted',
      )}
    >
      {connection !== 'connecting' && (
        <span
          aria-hidden="true"
          className={clsx(
            'size-2',
            connection === 'live' ? 'rounded-full bg-success' : 'animate-breathe rotate-45 bg-error',
          )}
        />
      )}
      {connection !== 'connecting' && t(connection)}
    </p>
  );
}
