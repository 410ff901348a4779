import type { Metadata } from 'next';
import { AccountPage } from '@/components/accounts/account-page';
import { ResetForm } from '@/components/accounts/reset-form';

export const metadata: Metadata = { title: 'New password', robots: { index: false }, referrer: 'no-referrer' };

export default function Reset() {
  return (
    <AccountPage title="Choose a new password" intro="It ends all sessions of this account.">
      <ResetForm />
    </AccountPage>
  );
}
