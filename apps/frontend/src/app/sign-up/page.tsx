import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { AccountPage } from '@/components/accounts/account-page';
import { SignUpForm } from '@/components/accounts/sign-up-form';
import { safeNext, signInPath } from '@/lib/paths';
import { getCurrentUser } from '@/lib/session';

export const metadata: Metadata = { title: 'Create an account' };

type Props = { searchParams: Promise<{ next?: string; role?: string }> };

export default async function SignUp({ searchParams }: Props) {
  const { next: nextParam, role } = await searchParams;
  const next = safeNext(nextParam);
  if (await getCurrentUser()) redirect(next);
  return (
    <AccountPage title="Create an account">
      <SignUpForm next={next} role={role?.toLowerCase() === 'organizer' ? 'ORGANIZER' : 'PARTICIPANT'} />
      <p className="mt-6 text-sm">
        You have one?{' '}
        <Link href={next === '/' ? '/sign-in' : signInPath(next)} className="link">
          Sign in
        </Link>
      </p>
    </AccountPage>
  );
}
