import type { Metadata } from 'next';
import { AccountPage } from '@/components/accounts/account-page';
import { ResetForm } from '@/components/accounts/reset-form';
import { getTexts } from '@/lib/i18n/texts.server';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTexts('accounts'))('reset.title'),
  robots: { index: false },
  referrer: 'no-referrer',
});

export default async function Reset() {
  const t = await getTexts('accounts');
  return (
    <AccountPage title={t('reset.title')} intro={t('reset.intro')}>
      <ResetForm />
    </AccountPage>
  );
}
