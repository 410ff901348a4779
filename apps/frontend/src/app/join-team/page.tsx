import type { Metadata } from 'next';
import { SignOut } from '@/components/layout/sign-out';
import { JoinTeam } from '@/components/registrations/teams/join-team';
import { KeepJoinCode } from '@/components/registrations/teams/keep-join-code';
import { SignInToJoin } from '@/components/registrations/teams/sign-in-to-join';
import { Answer } from '@/components/ui/answer';
import { buttonClass } from '@/components/ui/button';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { JOIN_TEAM_PATH } from '@/lib/paths';
import { getCurrentUser } from '@/lib/session';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTexts('joinTeam'))('title'),
  robots: { index: false },
  referrer: 'no-referrer',
});

/** The target of the link to a team, whose code is in the fragment, and the place to enter a code. */
export default async function JoinTeamPage() {
  const [user, t] = await Promise.all([getCurrentUser(), getTexts('joinTeam')]);
  return (
    <div className="mx-auto max-w-xl">
      {user === null ? (
        <ClientTexts of={['joinTeam']}>
          <SignInToJoin />
        </ClientTexts>
      ) : user.role !== 'PARTICIPANT' ? (
        <Answer title={t('organizerTitle')} text={t('organizerText')}>
          <KeepJoinCode />
          <SignOut to={JOIN_TEAM_PATH} className={buttonClass()} />
        </Answer>
      ) : (
        <ClientTexts
          of={['joinTeam', 'questions', 'validation', ...(user.emailVerified ? [] : ['verification' as const])]}
        >
          <JoinTeam userId={user.id} />
        </ClientTexts>
      )}
    </div>
  );
}
