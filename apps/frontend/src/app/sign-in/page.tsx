import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { AccountPage } from '@/components/accounts/account-page';
import { SignInForm } from '@/components/accounts/sign-in-form';
import { Notice } from '@/components/ui/notice';
import { safeNext } from '@/lib/paths';
import { getCurrentUser } from '@/lib/session';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<{ next?: string; ended?: string }> };

export default async function SignIn({ searchParams }: Props) {
  const { next: nextParam, ended } = await searchParams;
  const next = safeNext(nextParam);
  // The access token of an ended session is valid for reads until it expires: redirecting would loop.
  if (!ended && (await getCurrentUser())) redirect(next);
  return (
    <AccountPage title="Sign in">
      {ended && (
        <Notice tone="warning" className="mb-5" title="Your session has ended">
          Sign in again and you are back where you were.
        </Notice>
      )}
      <SignInForm next={next} />
      <p className="mt-6 flex flex-wrap justify-between gap-x-6 gap-y-2 text-sm">
        <Link href="/forgot-password" className="link">
          Forgot your password?
        </Link>
        <Link href={next === '/' ? '/sign-up' : `/sign-up?next=${encodeURIComponent(next)}`} className="link">
          Create an account
        </Link>
      </p>
    </AccountPage>
  );
}
