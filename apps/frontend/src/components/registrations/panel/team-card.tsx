import type { Competition } from '@mini-compete/shared/competitions';
import type { Team } from '@mini-compete/shared/teams';
import { useTexts } from '#texts';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { ButtonLink } from '@/components/ui/button';
import { teamPath } from '@/lib/paths';
import { JoinCode } from '../teams/join-code';
import { MemberList } from '../teams/member-list';
import { isCaptain, isLocked, isTeamFull, membersMissing } from '../teams/team-facts';

type Props = { team: Team; competition: Competition; userId: string; now: number };

/** In the registration panel, before the team is registered: who is in it, what is missing, and how others join. */
export function TeamCard({ team, competition, userId, now }: Props) {
  const t = useTexts('team');
  const panel = useTexts('teamPanel');
  const missing = membersMissing(team, competition);
  const page = teamPath(competition.id);
  return (
    <section aria-labelledby="team-card-title" className="flex flex-col gap-4 rounded-md bg-sunken p-4">
      {/* Who has joined, and whether the captain has registered. */}
      <AutoRefresh seconds={15} />
      <div>
        <p className="text-sm text-muted">{panel('title')}</p>
        <h2 id="team-card-title" className="text-xl wrap-anywhere">
          <bdi>{team.name}</bdi>
        </h2>
        <p className="tabular mt-1 text-sm text-muted">
          {t('count', { count: team.members.length, max: competition.teamMax ?? 0 })}
        </p>
      </div>
      <MemberList team={team} userId={userId} page={page} />
      {missing > 0 && !isLocked(team, now) && (
        <p role="status" className="text-sm font-semibold text-warning">
          {t('missing', { count: missing })}
        </p>
      )}
      {!isTeamFull(team, competition) && !isLocked(team, now) && (
        <JoinCode team={team} competition={competition} now={now} />
      )}
      <ButtonLink size="sm" href={page} className="self-start print:hidden">
        {panel(isCaptain(team, userId) ? 'manage' : 'view')}
      </ButtonLink>
    </section>
  );
}
