import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { NameForm } from '@/components/accounts/name-form';
import { PasswordForm } from '@/components/accounts/password-form';
import { SessionList } from '@/components/accounts/session-list';
import { getSessions } from '@/lib/api/accounts';
import { serverCall } from '@/lib/api/server';
import { requireUser } from '@/lib/session';

export const metadata: Metadata = { title: 'Profile and sessions' };

export default async function Profile() {
  const user = await requireUser('/profile');
  const { items } = await getSessions(serverCall);
  return (
    <>
      <h1 className="text-2xl">Profile</h1>
      <p className="mt-2 text-muted">{user.email}</p>
      <div className="mt-8 flex flex-col">
        <ProfileSection
          id="name-part"
          title="Name"
          text="As organizers see it in their lists, and as messages greet you."
        >
          <NameForm name={user.name} />
        </ProfileSection>
        <ProfileSection id="password-part" title="Password" text="A new one ends your sessions on all other devices.">
          <PasswordForm email={user.email} />
        </ProfileSection>
        <ProfileSection
          id="sessions-part"
          title="Where you are signed in"
          text="End what you do not know, then change your password."
        >
          <SessionList sessions={items} />
        </ProfileSection>
      </div>
    </>
  );
}

function ProfileSection({
  id,
  title,
  text,
  children,
}: {
  id: string;
  title: string;
  text: string;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={id} className="grid gap-x-14 gap-y-5 border-t border-line py-8 lg:grid-cols-[20rem_1fr]">
      <div>
        <h2 id={id} className="text-lg">
          {title}
        </h2>
        <p className="mt-1 text-sm text-muted">{text}</p>
      </div>
      <div className="max-w-xl">{children}</div>
    </section>
  );
}
