import type { Metadata } from 'next';
import { AccountPage } from '@/components/accounts/account-page';
import { VerifyEmail } from '@/components/accounts/verification/verify-email';
import { buttonClass } from '@/components/ui/button';
import { getVerification } from '@/lib/api/accounts';
import { serverCall } from '@/lib/api/server';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { safeNext, signInPath, verifyEmailPath } from '@/lib/paths';
import { getCurrentUser } from '@/lib/session';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTexts('verification'))('title'),
  robots: { index: false },
  referrer: 'no-referrer',
});

type Props = { searchParams: Promise<{ next?: string }> };

export default async function VerifyEmailPage({ searchParams }: Props) {
  const next = safeNext((await searchParams).next);
  const [user, t] = await Promise.all([getCurrentUser(), getTexts('verification')]);
  if (user === null)
    return (
      <AccountPage title={t('title')} intro={t('signedOut.text')}>
        <a href={signInPath(verifyEmailPath(next))} className={buttonClass({ tone: 'primary' })}>
          {t('signedOut.signIn')}
        </a>
      </AccountPage>
    );
  const status = await getVerification(serverCall);
  return (
    <AccountPage title={t('title')}>
      <ClientTexts of={['verification']}>
        <VerifyEmail initial={status} next={next} />
        {!status.verified && (
          <p className="mt-8 border-t border-line pt-5 text-sm">
            {t.rich('wrongAddress', {
              link: (text) => (
                <a href="/profile#email" className="link">
                  {text}
                </a>
              ),
            })}
          </p>
        )}
      </ClientTexts>
    </AccountPage>
  );
}
