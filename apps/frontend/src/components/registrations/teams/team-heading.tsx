import type { Competition } from '@mini-compete/shared/competitions';
import type { Team } from '@mini-compete/shared/teams';
import { Pencil } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { statusAt } from '@/components/competitions/catalog/status';
import { standingOf } from '@/components/registrations/mine/standing';
import { BackLink } from '@/components/ui/back-link';
import { Button, ButtonLink } from '@/components/ui/button';
import { StatusLabel } from '@/components/ui/status-label';
import { competitionPath } from '@/lib/paths';
import { RenameTeam } from './rename-team';
import { captainOf, isCaptain, membersMissing } from './team-facts';

type Props = {
  competition: Competition;
  team: Team;
  userId: string;
  now: number;
  onChanged: (team: Team) => void;
};

/** The name, whether the team is registered, and what comes next. */
export function TeamHeading({ competition, team, userId, now, onChanged }: Props) {
  const t = useTexts('teamPage');
  const [renaming, setRenaming] = useState(false);
  const renameButton = useRef<HTMLButtonElement>(null);
  const wasRenaming = useRef(false);
  useEffect(() => {
    // The field with the focus has gone.
    if (wasRenaming.current && !renaming) renameButton.current?.focus();
    wasRenaming.current = renaming;
  }, [renaming]);
  const mine = isCaptain(team, userId);
  const page = competitionPath(competition.id);
  return (
    <header>
      <BackLink href={page}>{t('back', { title: competition.title })}</BackLink>
      {renaming ? (
        <RenameTeam
          team={team}
          close={(renamed) => {
            setRenaming(false);
            if (renamed) onChanged(renamed);
          }}
        />
      ) : (
        <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
          <h1 className="min-w-0 text-2xl wrap-anywhere">
            <bdi>{team.name}</bdi>
          </h1>
          {mine && (
            <Button
              ref={renameButton}
              size="sm"
              tone="ghost"
              icon={<Pencil aria-hidden="true" className="size-4" />}
              onClick={() => setRenaming(true)}
            >
              {t('rename.open')}
            </Button>
          )}
        </div>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-x-6 gap-y-3">
        <TeamStatus team={team} />
        <Next competition={competition} team={team} mine={mine} now={now} />
      </div>
    </header>
  );
}

function TeamStatus({ team: { registration } }: { team: Team }) {
  const t = useTexts('teamPage');
  const { number, instant } = useFormats();
  if (registration === null)
    return (
      <StatusLabel tone="neutral" shape="ring">
        {t('status.none')}
      </StatusLabel>
    );
  const { position, heldUntil } = registration;
  switch (standingOf(registration.status)) {
    case 'waitlist':
      return (
        <StatusLabel tone="warning" shape="half">
          <span className="tabular">
            {t('status.waitlist', { position: position === undefined ? '…' : number(position) })}
          </span>
        </StatusLabel>
      );
    case 'hold':
      return (
        <StatusLabel tone="warning" shape="seat" className="whitespace-normal!">
          <span suppressHydrationWarning>{t('status.hold', { when: instant(heldUntil ?? '', 'short') })}</span>
        </StatusLabel>
      );
    case 'application':
      return (
        <StatusLabel tone="accent" shape="ring">
          {t('status.application')}
        </StatusLabel>
      );
    case 'seat':
      return (
        <StatusLabel tone="success" shape="seat">
          {t('status.seat')}
        </StatusLabel>
      );
  }
}

/** Registering and confirming are on the page of the competition, beside its seats. */
function Next({ competition, team, mine, now }: Pick<Props, 'competition' | 'team' | 'now'> & { mine: boolean }) {
  const t = useTexts('teamPage');
  const status = statusAt(competition, now);
  const isPossible = status !== 'closed' && status !== 'cancelled';
  const page = competitionPath(competition.id);
  const isHeld = team.registration?.status === 'HELD';
  if (isHeld && mine)
    return (
      <ButtonLink tone="primary" size="sm" href={page}>
        {t('next.confirm')}
      </ButtonLink>
    );
  if (!isHeld && (team.registration !== null || !isPossible)) return null;
  if (!mine) {
    const captain = { captain: captainOf(team)?.name ?? '', name: bold };
    return <p className="text-sm">{t.rich(isHeld ? 'next.captainConfirms' : 'next.captain', captain)}</p>;
  }
  // What is missing is next to the members.
  if (membersMissing(team, competition) > 0) return null;
  return (
    <>
      <ButtonLink tone="primary" size="sm" href={page}>
        {t('next.register')}
      </ButtonLink>
      {team.members.some(({ ineligible }) => ineligible !== null) && (
        <p className="text-sm text-muted">{t('next.ineligible')}</p>
      )}
    </>
  );
}

const bold = (chunks: ReactNode) => (
  <strong>
    <bdi>{chunks}</bdi>
  </strong>
);
