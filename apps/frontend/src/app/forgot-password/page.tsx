import type { Metadata } from 'next';
import { AccountPage } from '@/components/accounts/account-page';
import { ForgotForm } from '@/components/accounts/forgot-form';

export const metadata: Metadata = { title: 'Forgotten password' };

export default function Forgot() {
  return (
    <AccountPage
      title="Forgotten password"
      intro="Say which address you signed up with. You get a link that lets you choose a new password."
    >
      <ForgotForm />
    </AccountPage>
  );
}
