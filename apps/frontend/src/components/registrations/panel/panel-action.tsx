'use client';

import type { Role } from '@mini-compete/shared/auth';
import type { Competition } from '@mini-compete/shared/competitions';
import { may } from '@mini-compete/shared/permissions';
import type { CompetitionStatus, MyActiveRegistration } from '@mini-compete/shared/seats';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { useFormats, useTexts } from '#texts';
import type { Standing } from '@/components/registrations/mine/standing';
import { Button, ButtonLink, buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useBottomBarInset } from '@/lib/hooks/use-bottom-bar-inset';
import { competitionPath, signInPath, signUpPath } from '@/lib/paths';
import type { RegistrationOperation } from '@/lib/registration-attempt';
import { storeIntent } from '@/lib/registration-intent';
import type { AnswersForm } from '../answers/use-answers';
import { RequestStatus } from './request-status';
import type { ChangedIntent } from './use-intent';
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
  changedIntent: ChangedIntent | null;
  leftStanding: Standing;
  answers: Pick<AnswersForm, 'prepare' | 'isComplete'>;
};

/** The button for the next possible operation. On phones it is fixed to the bottom, with seats and time above it. */
export function PanelAction(props: Props) {
  const { competition, status, now, registration, request, changedIntent, leftStanding } = props;
  const t = useTexts('panel');
  const { seatsLeft } = useFormats();
  const bottomBar = useBottomBarInset();
  const notice = (
    <RequestStatus request={request} waitlist={competition.waitlist} status={status} leftStanding={leftStanding} />
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
      {registration === null && (
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

const millisecondsLeft = (registration: MyActiveRegistration | null, now: number): number =>
  Date.parse(registration?.heldUntil ?? '') - now;

/** What the button does, or why it is inactive. */
type ButtonKind = 'register' | 'join' | 'sleep' | 'noSeats';
type PanelActionKind = 'organize' | 'wrongRole' | 'confirm' | ButtonKind;

function actionOf({ competition, status, registration, viewer }: Props): PanelActionKind | null {
  if (competition.staffRole !== null) return 'organize';
  if (registration?.status === 'HELD' && status !== 'cancelled') return 'confirm';
  // The staff has decided; only they can reopen the application.
  if (applies(competition) && competition.endedRegistration?.endReason === 'REJECTED') return null;
  if (registration !== null || status === 'closed' || status === 'cancelled') return null;
  if (viewer?.role === 'ORGANIZER') return 'wrongRole';
  if (status === 'upcoming') return 'sleep';
  if (status === 'open') return 'register';
  return competition.waitlist ? 'join' : 'noSeats';
}

function Action({ action, ...props }: Props & { action: PanelActionKind }) {
  const { competition, viewer } = props;
  const t = useTexts('panel');
  switch (action) {
    case 'organize':
      return <StaffLinks competition={competition} isOrganizer={viewer?.id === competition.organizer.id} />;
    case 'confirm':
      return <Confirm {...props} />;
    case 'wrongRole':
      return <Notice>{t('action.organizer')}</Notice>;
    default:
      return viewer === null ? <StartHere {...props} action={action} /> : <Start {...props} action={action} />;
  }
}

function Confirm({ registration, now, request, start, reset }: Props) {
  const t = useTexts('panel');
  const busy = request.phase === 'working' || request.phase === 'retrying';
  const isConfirming = busy && request.operation === 'confirm';
  const run = () => {
    reset();
    start('confirm');
  };
  return (
    <Button
      tone="primary"
      size="lg"
      className="w-full"
      busy={busy}
      inactive={millisecondsLeft(registration, now) <= 0}
      onClick={run}
    >
      {t(isConfirming ? 'action.confirming' : 'action.confirm')}
    </Button>
  );
}

const LABELS = {
  register: 'action.register',
  join: 'action.join',
  sleep: 'action.register',
  noSeats: 'action.full',
} as const satisfies Record<ButtonKind, string>;

const applies = ({ admissionMode }: Competition) => admissionMode === 'APPROVAL';

function labelOf(action: ButtonKind, competition: Competition) {
  return applies(competition) && LABELS[action] === 'action.register' ? 'action.apply' : LABELS[action];
}

/** Sends the request. The button is one element in all states: one that replaces it would not have the keyboard focus. */
function Start({ action, competition, now, request, start, reset }: Props & { action: ButtonKind }) {
  const t = useTexts('panel');
  const busy = request.phase === 'working' || request.phase === 'retrying';
  const operation = action === 'register' || action === 'join' ? action : null;
  const run = () => {
    if (operation === null) return;
    reset();
    start(operation);
  };
  const registering = applies(competition) ? 'action.applying' : 'action.registering';
  const working = busy && (action === 'join' ? 'action.joining' : registering);
  return (
    <>
      <Button tone="primary" size="lg" className="w-full" busy={busy} inactive={operation === null} onClick={run}>
        {t(working || labelOf(action, competition))}
      </Button>
      {action === 'join' && <WaitlistHint competition={competition} />}
      {applies(competition) && <DecisionHint competition={competition} now={now} />}
      {action === 'noSeats' && <Hint>{t('action.fullHint')}</Hint>}
      {action === 'sleep' && <Hint>{t('action.sleeping')}</Hint>}
    </>
  );
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
      <a
        href={operation ? signUpPath(competitionPath(competition.id)) : undefined}
        {...(operation ? {} : INACTIVE_LINK)}
        onClick={(event) => {
          if (operation && answers.prepare() === null) event.preventDefault();
          else store();
        }}
        className={buttonClass({ tone: 'primary', size: 'lg' }, 'w-full')}
      >
        {t(labelOf(action, competition))}
      </a>
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

function WaitlistHint({ competition: { waiting, confirmWithinHours } }: Pick<Props, 'competition'>) {
  const t = useTexts('panel');
  return (
    <Hint>
      {waiting === 0 ? t('action.first') : t('action.position', { position: waiting + 1 })}{' '}
      {confirmWithinHours === null ? t('action.automatic') : t('action.hold', timeToConfirm(confirmWithinHours))}
    </Hint>
  );
}

const timeToConfirm = (hours: number) =>
  hours % 24 === 0 ? { count: hours / 24, unit: 'days' } : { count: hours, unit: 'hours' };

/** What happens after applying. */
function DecisionHint({ competition: { decisionsBy }, now }: Pick<Props, 'competition' | 'now'>) {
  const t = useTexts('panel');
  const { instant } = useFormats();
  return (
    <Hint>
      <span suppressHydrationWarning>
        {decisionsBy !== null && Date.parse(decisionsBy) > now
          ? t('action.decidesBy', { when: instant(decisionsBy, 'full') })
          : t('action.decides')}
      </span>
    </Hint>
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

function Hint({ children }: { children: ReactNode }) {
  return <p className="text-sm text-muted max-lg:text-xs">{children}</p>;
}
