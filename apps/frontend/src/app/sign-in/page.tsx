import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { AccountPage } from '@/components/accounts/account-page';
import { SignInForm } from '@/components/accounts/sign-in-form';
import { CompetitionBrief } from '@/components/competitions/catalog/competition-brief';
import { Notice } from '@/components/ui/notice';
import { findCompetition } from '@/lib/find-competition';
import { getTexts } from '@/lib/i18n/texts.server';
import { competitionIdOf, safeNext, signUpPath } from '@/lib/paths';
import { getCurrentUser } from '@/lib/session';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTexts('accounts'))('signIn.title'),
});

type Props = { searchParams: Promise<{ next?: string; ended?: string }> };

export default async function SignIn({ searchParams }: Props) {
  const { next: nextParam, ended } = await searchParams;
  const next = safeNext(nextParam);
  const [t, competition] = await Promise.all([getTexts('accounts'), findCompetition(competitionIdOf(next))]);
  // The access token of an ended session is valid for reads until it expires: redirecting would loop.
  if (!ended && (await getCurrentUser())) redirect(next);
  return (
    <AccountPage
      title={t('signIn.title')}
      {...(competition && { intro: t('signIn.toRegister'), about: <CompetitionBrief competition={competition} /> })}
    >
      {ended && (
        <Notice tone="warning" className="mb-5" title={t('signIn.endedTitle')}>
          {t('signIn.endedText')}
        </Notice>
      )}
      <SignInForm next={next} />
      <p className="mt-6 flex flex-wrap justify-between gap-x-6 gap-y-2 text-sm">
        <Link href="/forgot-password" className="link">
          {t('signIn.forgot')}
        </Link>
        <Link href={next === '/' ? '/sign-up' : signUpPath(next)} className="link">
          {t('signIn.signUp')}
        </Link>
      </p>
    </AccountPage>
  );
}
