import type { Competition } from '@mini-compete/shared/competitions';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { isForTeams } from '@/components/competitions/catalog/participants';
import { CreateTeam } from '@/components/registrations/teams/create-team';
import { TeamView } from '@/components/registrations/teams/team-view';
import { BackLink } from '@/components/ui/back-link';
import { serverCall } from '@/lib/api/server';
import { findMyTeam } from '@/lib/api/teams';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getFormats, getTexts } from '@/lib/i18n/texts.server';
import { competitionPath, teamPath } from '@/lib/paths';
import { requireUser } from '@/lib/session';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { title }] = await Promise.all([getTexts('teamPage'), params.then(({ id }) => loadCompetition(id))]);
  return { title: t('metaTitle', { title }), robots: { index: false }, referrer: 'same-origin' };
}

/** The reader's team, or the form that makes one. */
export default async function TeamPage({ params }: Props) {
  const { id } = await params;
  const user = await requireUser(teamPath(id));
  const loaded = await loadCompetition(id);
  if (!isForTeams(loaded) || user.role !== 'PARTICIPANT' || loaded.staffRole !== null) redirect(competitionPath(id));
  const team = await findMyTeam(serverCall, id);
  const competition = { ...loaded, description: '', descriptionHtml: '' };
  if (team === null) return <NoTeam competition={competition} userId={user.id} />;
  return (
    <ClientTexts of={['team', 'teamPage', 'questions', 'validation']}>
      <TeamView competition={competition} team={team} userId={user.id} />
    </ClientTexts>
  );
}

async function NoTeam({ competition, userId }: { competition: Competition; userId: string }) {
  const { id, title, status, teamsLock, serverTime } = competition;
  const [t, { instant, teamSize }] = await Promise.all([getTexts('teamPage'), getFormats()]);
  if (status === 'cancelled') redirect(competitionPath(id));
  const back = <BackLink href={competitionPath(id)}>{t('back', { title })}</BackLink>;
  if (teamsLock && teamsLock <= serverTime)
    return (
      <>
        {back}
        <h1 className="mt-3 text-2xl">{t('create.lockedTitle')}</h1>
        <p className="mt-2">{t('create.lockedText', { when: instant(teamsLock, 'full') })}</p>
      </>
    );
  return (
    <>
      {back}
      <h1 className="mt-3 text-2xl">{t('create.title')}</h1>
      <p className="mt-2 max-w-xl text-muted">
        {teamSize(competition.teamMin ?? 1, competition.teamMax ?? 1)}. {t('create.text')}
      </p>
      <ClientTexts of={['teamPage', 'questions', 'validation']}>
        <CreateTeam competition={competition} userId={userId} />
      </ClientTexts>
    </>
  );
}
