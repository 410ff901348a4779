import type { Competition } from '@mini-compete/shared/competitions';
import type { MyActiveRegistration } from '@mini-compete/shared/seats';
import type { Team } from '@mini-compete/shared/teams';
import { useFormats, useTexts } from '#texts';
import { ButtonLink, buttonClass } from '@/components/ui/button';
import { JOIN_TEAM_PATH, signInPath, signUpPath, teamPath } from '@/lib/paths';
import { captainOf, isLocked, membersMissing, seatsOf } from '../teams/team-facts';
import {
  applies,
  type ButtonKind,
  type ButtonProps,
  Confirm,
  DecisionHint,
  Hint,
  Start,
  timeToConfirm,
} from './panel-button';

type Props = ButtonProps & {
  action: 'confirm' | 'findTeam' | 'captain' | ButtonKind;
  team: Team | null;
  registration: MyActiveRegistration | null;
  viewer: { id: string } | null;
};

/** In the registration panel of a competition for teams: what its captain, its members and people without a team can do. */
export function TeamAction(props: Props) {
  const { action, team, competition, viewer, now } = props;
  const t = useTexts('teamPanel');
  const words = useTexts('team');
  if (team === null || action === 'findTeam') return <FindTeam competition={competition} now={now} viewer={viewer} />;
  if (action === 'confirm')
    return <Confirm {...props} label={t('action.confirm', { seats: seatsOf(team, competition) })} />;
  if (action === 'captain')
    return (
      <p>
        {t.rich(applies(competition) ? 'action.captainApplies' : 'action.captain', {
          captain: captainOf(team)?.name ?? '',
          name: (chunks) => (
            <strong>
              <bdi>{chunks}</bdi>
            </strong>
          ),
        })}
      </p>
    );
  const missing = membersMissing(team, competition);
  if (missing > 0 && isLocked(team, now)) return <p className="text-sm text-muted">{words('tooSmall')}</p>;
  return (
    <Start {...props} action={action} inactive={missing > 0}>
      {missing > 0 ? (
        <Hint>{words('missing', { count: missing })}</Hint>
      ) : (
        <Effect action={action} team={team} competition={competition} />
      )}
      {applies(competition) && <DecisionHint competition={competition} now={now} />}
    </Start>
  );
}

/** What the captain's press means for the team. */
function Effect({ action, team, competition }: { action: ButtonKind; team: Team; competition: Competition }) {
  const t = useTexts('teamPanel');
  const seats = seatsOf(team, competition);
  const { seatsLeft, waiting, confirmWithinHours } = competition;
  if (action !== 'join') return <Hint>{t(applies(competition) ? 'action.applies' : 'action.takes', { seats })}</Hint>;
  return (
    <Hint>
      {seatsLeft < seats && `${t('action.notEnough', { left: seatsLeft, seats })} `}
      {waiting === 0 ? t('action.first') : t('action.position', { position: waiting + 1 })}{' '}
      {confirmWithinHours === null ? t('action.automatic') : t('action.hold', timeToConfirm(confirmWithinHours))}
    </Hint>
  );
}

/** As large as the button to register; beside another one on phones. */
const START = 'grow max-lg:px-3 lg:min-h-14 lg:text-lg';

function FindTeam({ competition, now, viewer }: Pick<Props, 'competition' | 'now' | 'viewer'>) {
  const { id, teamsLock } = competition;
  const t = useTexts('teamPanel');
  const panel = useTexts('panel');
  const { instant } = useFormats();
  if (teamsLock && isLocked({ locksAt: teamsLock }, now))
    return (
      <p className="text-sm text-muted" suppressHydrationWarning>
        {t('find.locked', { when: instant(teamsLock, 'full') })}
      </p>
    );
  const page = teamPath(id);
  return (
    <>
      <div className="flex gap-3 lg:flex-col">
        {viewer === null ? (
          // A full page load, so that the pages behind it are rendered for the new session.
          <a href={signUpPath(page)} className={buttonClass({ tone: 'primary' }, START)}>
            {t('find.create')}
          </a>
        ) : (
          <ButtonLink tone="primary" href={page} className={START}>
            {t('find.create')}
          </ButtonLink>
        )}
        <ButtonLink href={JOIN_TEAM_PATH} className="grow max-lg:px-3">
          {t('find.join')}
        </ButtonLink>
      </div>
      {viewer === null && (
        <Hint>
          {panel.rich('action.haveAccount', {
            link: (text) => (
              <a className="link font-semibold text-ink" href={signInPath(page)}>
                {text}
              </a>
            ),
          })}
        </Hint>
      )}
    </>
  );
}
