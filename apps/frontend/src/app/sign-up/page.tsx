import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { AccountPage } from '@/components/accounts/account-page';
import { SignUpForm } from '@/components/accounts/sign-up-form';
import { CompetitionBrief } from '@/components/competitions/catalog/competition-brief';
import { findCompetition } from '@/lib/find-competition';
import { getTexts } from '@/lib/i18n/texts.server';
import { competitionIdOf, safeNext, signInPath } from '@/lib/paths';
import { getCurrentUser } from '@/lib/session';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTexts('accounts'))('signUp.title'),
});

type Props = { searchParams: Promise<{ next?: string; role?: string }> };

export default async function SignUp({ searchParams }: Props) {
  const { next: nextParam, role } = await searchParams;
  const next = safeNext(nextParam);
  const [t, competition] = await Promise.all([getTexts('accounts'), findCompetition(competitionIdOf(next))]);
  if (await getCurrentUser()) redirect(next);
  return (
    <AccountPage
      title={t('signUp.title')}
      {...(competition && { intro: t('signUp.toRegister'), about: <CompetitionBrief competition={competition} /> })}
    >
      <SignUpForm
        next={next}
        role={role?.toLowerCase() === 'organizer' ? 'ORGANIZER' : 'PARTICIPANT'}
        asksRole={competition === null}
      />
      <p className="mt-6 text-sm">
        {t.rich('signUp.signIn', {
          link: (text) => (
            <Link href={next === '/' ? '/sign-in' : signInPath(next)} className="link">
              {text}
            </Link>
          ),
        })}
      </p>
    </AccountPage>
  );
}
