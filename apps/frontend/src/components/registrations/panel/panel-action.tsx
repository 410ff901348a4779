'use client';

import type { Role } from '@mini-compete/shared/auth';
import type { Competition } from '@mini-compete/shared/competitions';
import { may } from '@mini-compete/shared/permissions';
import type { CompetitionStatus, MyActiveRegistration, OwnInvitation } from '@mini-compete/shared/seats';
import type { Team } from '@mini-compete/shared/teams';
import { clsx } from 'clsx';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { useFormats, useTexts } from '#texts';
import { isForTeams } from '@/components/competitions/catalog/participants';
import type { Standing } from '@/components/registrations/mine/standing';
import { ButtonLink, buttonClass } from '@/components/ui/button';
import { NativeLink } from '@/components/ui/native';
import { Notice } from '@/components/ui/notice';
import { useBottomBarInset } from '@/lib/hooks/use-bottom-bar-inset';
import { competitionPath, signInPath, signUpPath } from '@/lib/paths';
import type { RegistrationOperation } from '@/lib/registration-attempt';
import { storeIntent } from '@/lib/registration-intent';
import type { AnswersForm } from '../answers/use-answers';
import { isCaptain, seatsOf } from '../teams/team-facts';
import {
  Accept,
  applies,
  type ButtonKind,
  Confirm,
  DecisionHint,
  Hint,
  labelOf,
  millisecondsLeft,
  Start,
  WaitlistHint,
} from './panel-button';
import { RequestStatus } from './request-status';
import type { ChangedIntent } from './use-intent';
import type { RequestState } from './use-registration-request';

/** Only competitions for teams need their code. */
const TeamAction = dynamic(() => import('./team-action').then((module) => module.TeamAction));
const TeamRefusal = dynamic(() => import('./team-refusal').then((module) => module.TeamRefusal));

export type Viewer = { id: string; role: Role } | null;

type Props = {
  competition: Competition;
  status: CompetitionStatus;
  now: number;
  registration: MyActiveRegistration | null;
  invitation: OwnInvitation | null;
  viewer: Viewer;
  /** The viewer's, in a competition for teams. */
  team: Team | null;
  request: RequestState;
  start: (operation: RegistrationOperation) => void;
  reset: () => void;
  changedIntent: ChangedIntent | null;
  leftStanding: Standing;
  answers: Pick<AnswersForm, 'prepare' | 'isComplete'>;
};

/** The button for the next possible operation. On phones it is fixed to the bottom, with seats and time above it. */
export function PanelAction(props: Props) {
  const { competition, status, now, registration, invitation, request, changedIntent, leftStanding } = props;
  const t = useTexts('panel');
  const { seatsLeft } = useFormats();
  const bottomBar = useBottomBarInset();
  const notice = (
    <RequestStatus
      request={request}
      waitlist={competition.waitlist}
      status={status}
      leftStanding={leftStanding}
      {...(isForTeams(competition) &&
        request.phase === 'refused' && {
          reason: <TeamRefusal error={request.error} waitlist={competition.waitlist} />,
        })}
    />
  );
  const action = actionOf(props);
  if (action === null) return notice;
  return (
    <div
      ref={bottomBar}
      className="bottom-bar flex flex-col gap-3 max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-30 max-lg:border-t max-lg:border-line max-lg:bg-raised max-lg:px-4 max-lg:pt-3 max-lg:pb-[max(0.75rem,env(safe-area-inset-bottom))] max-lg:shadow-float print:hidden"
    >
      {changedIntent && request.phase === 'idle' && (
        <Notice tone="warning" live="assertive" title={t('resume.title')}>
          {t(`resume.${changedIntent}`)}
        </Notice>
      )}
      {notice}
      {invitation && <ReservedUntil invitation={invitation} />}
      {registration === null && invitation === null && (
        <p aria-hidden="true" className="tabular flex flex-wrap justify-between gap-x-4 text-sm text-muted lg:hidden">
          <span>{seatsLeft(competition.seatsLeft, competition.capacity)}</span>
          <ShortTime competition={competition} status={status} now={now} />
        </p>
      )}
      {action === 'confirm' && <TimeLeft registration={registration} now={now} />}
      <Action action={action} {...props} />
      <noscript>
        <p className="text-sm text-muted">{t('action.noScript')}</p>
      </noscript>
    </div>
  );
}

function ShortTime({ competition, status, now }: Pick<Props, 'competition' | 'status' | 'now'>) {
  const { regOpensAt, regDeadline } = competition;
  const t = useTexts('panel');
  const { duration } = useFormats();
  if (status === 'upcoming' && regOpensAt)
    return <span>{t('time.opensShort', { duration: duration(Date.parse(regOpensAt) - now) })}</span>;
  return <span>{t('time.closesShort', { duration: duration(Date.parse(regDeadline) - now) })}</span>;
}

/** On phones, where the notice may have scrolled out of sight above the button. */
function ReservedUntil({ invitation: { expiresAt } }: { invitation: OwnInvitation }) {
  const t = useTexts('panel');
  const { instant } = useFormats();
  return (
    <p aria-hidden="true" className="text-sm text-muted lg:hidden" suppressHydrationWarning>
      {t('invited.short', { when: instant(expiresAt, 'short') })}
    </p>
  );
}

/** On phones, where it may have scrolled out of sight above the button. */
function TimeLeft({ registration, now }: Pick<Props, 'registration' | 'now'>) {
  const t = useTexts('panel');
  const { duration } = useFormats();
  const left = millisecondsLeft(registration, now);
  return (
    <p aria-hidden="true" className="tabular text-sm text-muted lg:hidden">
      {left > 0 ? t('action.heldShort', { duration: duration(left) }) : t('mine.heldOver')}
    </p>
  );
}

type PanelActionKind = 'organize' | 'wrongRole' | 'redeem' | 'confirm' | 'findTeam' | 'captain' | ButtonKind;

function actionOf(props: Props): PanelActionKind | null {
  const { competition, status, registration, invitation, viewer, team } = props;
  const forTeams = isForTeams(competition);
  const mayAct = !forTeams || (team !== null && isCaptain(team, viewer?.id));
  if (competition.staffRole !== null) return 'organize';
  if (registration?.status === 'HELD' && status !== 'cancelled') return mayAct ? 'confirm' : null;
  if (invitation !== null) return 'redeem';
  // The staff has decided; only they can reopen the application.
  if (applies(competition) && competition.endedRegistration?.endReason === 'REJECTED') return null;
  if (registration !== null || status === 'closed' || status === 'cancelled') return null;
  if (viewer?.role === 'ORGANIZER') return 'wrongRole';
  if (forTeams && team === null) return 'findTeam';
  if (!mayAct) return 'captain';
  if (status === 'upcoming') return 'sleep';
  if (status === 'open' && hasRoom(props)) return 'register';
  return competition.waitlist ? 'join' : 'noSeats';
}

/** As far as the page knows: seats may be left that a team on the waitlist needs. Then the refusal tells. */
function hasRoom({ competition, team, request }: Props): boolean {
  if (team === null || applies(competition)) return true;
  if (request.phase === 'refused' && request.error.code === 'COMPETITION_FULL') return false;
  return seatsOf(team, competition) <= competition.seatsLeft;
}

function Action({ action, ...props }: Props & { action: PanelActionKind }) {
  const { competition, viewer, now } = props;
  const t = useTexts('panel');
  if (action === 'organize')
    return <StaffLinks competition={competition} isOrganizer={viewer?.id === competition.organizer.id} />;
  if (action === 'wrongRole') return <Notice>{t('action.organizer')}</Notice>;
  if (action === 'redeem') return <Accept {...props} />;
  if (isForTeams(competition)) return <TeamAction {...props} action={action} />;
  switch (action) {
    case 'findTeam':
    case 'captain':
      return null;
    case 'confirm':
      return <Confirm {...props} label={t('action.confirm')} />;
    default:
      return viewer === null ? (
        <StartHere {...props} action={action} />
      ) : (
        <Start {...props} action={action}>
          {action === 'join' && <WaitlistHint competition={competition} />}
          {applies(competition) && <DecisionHint competition={competition} now={now} />}
        </Start>
      );
  }
}

const INACTIVE_LINK = { role: 'link', 'aria-disabled': true, tabIndex: 0 } as const;

/**
 * For signed-out visitors: remembers the press, and leads through sign-up or sign-in. One element in all states, as in
 * `Start`: a link without address while there is nothing to do.
 */
function StartHere({ action, competition, now, answers }: Props & { action: ButtonKind }) {
  const t = useTexts('panel');
  const operation = action === 'register' || action === 'join' ? action : null;
  const store = () => operation && storeIntent(competition, operation);
  const signIn = (text: ReactNode) => (
    <SignInLink id={competition.id} onClick={() => answers.isComplete() && store()}>
      {text}
    </SignInLink>
  );
  return (
    <>
      {/* Full page loads, so that the pages behind them are rendered for the new session. */}
      <NativeLink
        href={operation ? signUpPath(competitionPath(competition.id)) : undefined}
        {...(operation ? {} : INACTIVE_LINK)}
        onClick={(event) => {
          if (operation && answers.prepare() === null) event.preventDefault();
          else store();
        }}
        className={buttonClass({ tone: 'primary', size: 'lg' }, 'w-full')}
      >
        {t(labelOf(action, competition))}
      </NativeLink>
      {action === 'join' && <WaitlistHint competition={competition} />}
      {applies(competition) && <DecisionHint competition={competition} now={now} />}
      {action === 'noSeats' && <Hint>{t('action.fullHint')}</Hint>}
      <Hint>
        {action === 'sleep'
          ? t.rich('action.signInFirst', { link: signIn })
          : t.rich('action.haveAccount', { link: signIn })}
      </Hint>
    </>
  );
}

function StaffLinks({ competition, isOrganizer }: { competition: Competition; isOrganizer: boolean }) {
  const t = useTexts('panel');
  const common = useTexts('common');
  const { id, staffRole } = competition;
  if (staffRole === null) return null;
  return (
    <div className="flex flex-col gap-3 sm:max-lg:flex-row sm:max-lg:items-center">
      <p className={clsx('text-sm font-semibold', isOrganizer && 'max-lg:hidden')}>
        {isOrganizer ? t('organizer.own') : t('organizer.staff', { role: common(`staffRole.${staffRole}`) })}
      </p>
      <div className="flex grow gap-3">
        <ButtonLink tone="primary" href={`/organize/${id}`} className="grow">
          {t(may(staffRole, 'edit') ? 'organizer.manage' : 'organizer.page')}
        </ButtonLink>
        {may(staffRole, 'edit') && (
          <ButtonLink href={`/competitions/${id}/edit`} className="grow">
            {t('organizer.edit')}
          </ButtonLink>
        )}
      </div>
    </div>
  );
}

function SignInLink({ id, onClick, children }: { id: string; onClick?: () => void; children: ReactNode }) {
  return (
    <a className="link font-semibold text-ink" href={signInPath(competitionPath(id))} {...(onClick && { onClick })}>
      {children}
    </a>
  );
}
