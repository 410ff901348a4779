import type { Metadata } from 'next';
import { AccountPage } from '@/components/accounts/account-page';
import { ForgotForm } from '@/components/accounts/forgot-form';
import { getTexts } from '@/lib/i18n/texts.server';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTexts('accounts'))('forgot.title'),
});

export default async function Forgot() {
  const t = await getTexts('accounts');
  return (
    <AccountPage title={t('forgot.title')} intro={t('forgot.intro')}>
      <ForgotForm />
    </AccountPage>
  );
}
