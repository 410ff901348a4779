import type { Competition } from '@mini-compete/shared/competitions';
import type { MyActiveRegistration } from '@mini-compete/shared/seats';
import type { ReactNode } from 'react';
import { useFormats, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import type { RegistrationOperation } from '@/lib/registration-attempt';
import type { RequestState } from './use-registration-request';

/** What the button does, or why it is inactive. */
export type ButtonKind = 'register' | 'join' | 'sleep' | 'noSeats';

export type ButtonProps = {
  competition: Competition;
  now: number;
  request: RequestState;
  start: (operation: RegistrationOperation) => void;
  reset: () => void;
};

const isBusy = ({ phase }: RequestState) => phase === 'working' || phase === 'retrying';

export const millisecondsLeft = (registration: MyActiveRegistration | null, now: number): number =>
  Date.parse(registration?.heldUntil ?? '') - now;

type ConfirmProps = Omit<ButtonProps, 'competition'> & {
  registration: MyActiveRegistration | null;
  label: string;
};

export function Confirm({ registration, now, request, start, reset, label }: ConfirmProps) {
  const t = useTexts('panel');
  const busy = isBusy(request);
  const isConfirming = request.phase !== 'idle' && busy && request.operation === 'confirm';
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
      {isConfirming ? t('action.confirming') : label}
    </Button>
  );
}

/** Takes the seat that an invitation reserves. */
export function Accept({ request, start, reset }: Omit<ButtonProps, 'competition' | 'now'>) {
  const t = useTexts('panel');
  const busy = isBusy(request);
  const run = () => {
    reset();
    start('redeem');
  };
  return (
    <Button tone="primary" size="lg" className="w-full" busy={busy} onClick={run}>
      {t(busy ? 'invited.accepting' : 'invited.accept')}
    </Button>
  );
}

const LABELS = {
  register: 'action.register',
  join: 'action.join',
  sleep: 'action.register',
  noSeats: 'action.full',
} as const satisfies Record<ButtonKind, string>;

export const applies = ({ admissionMode }: Pick<Competition, 'admissionMode'>) => admissionMode === 'APPROVAL';

export function labelOf(action: ButtonKind, competition: Competition) {
  return applies(competition) && LABELS[action] === 'action.register' ? 'action.apply' : LABELS[action];
}

/**
 * Sends the request. The button is one element in all states: one that replaces it would not have the keyboard focus.
 * `children`: what pressing it means.
 */
export function Start({
  action,
  competition,
  request,
  start,
  reset,
  children,
  inactive = false,
}: ButtonProps & { action: ButtonKind; children?: ReactNode; inactive?: boolean }) {
  const t = useTexts('panel');
  const busy = isBusy(request);
  const operation = !inactive && (action === 'register' || action === 'join') ? action : null;
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
      {children}
      {action === 'noSeats' && <Hint>{t('action.fullHint')}</Hint>}
      {action === 'sleep' && <Hint>{t('action.sleeping')}</Hint>}
    </>
  );
}

export function WaitlistHint({ competition: { waiting, confirmWithinHours } }: Pick<ButtonProps, 'competition'>) {
  const t = useTexts('panel');
  return (
    <Hint>
      {waiting === 0 ? t('action.first') : t('action.position', { position: waiting + 1 })}{' '}
      {confirmWithinHours === null ? t('action.automatic') : t('action.hold', timeToConfirm(confirmWithinHours))}
    </Hint>
  );
}

export const timeToConfirm = (hours: number) =>
  hours % 24 === 0 ? { count: hours / 24, unit: 'days' } : { count: hours, unit: 'hours' };

/** What happens after applying. */
export function DecisionHint({ competition: { decisionsBy }, now }: Pick<ButtonProps, 'competition' | 'now'>) {
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

export function Hint({ children }: { children: ReactNode }) {
  return <p className="text-sm text-muted max-lg:text-xs">{children}</p>;
}
