import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { findOrganizer } from '@/app/organizers/[id]/find-organizer';
import { DataExport } from '@/components/accounts/data-export';
import { EmailSettings } from '@/components/accounts/email-settings';
import { EraseAccount } from '@/components/accounts/erase-account';
import { LanguageForm } from '@/components/accounts/language-form';
import { NameForm } from '@/components/accounts/name-form';
import { PasswordForm } from '@/components/accounts/password-form';
import { SessionList } from '@/components/accounts/session-list';
import { OrganizerForm } from '@/components/competitions/organizers/organizer-form';
import { getSessions, getVerification } from '@/lib/api/accounts';
import { getOrganizerProfile } from '@/lib/api/organizers';
import { getExport } from '@/lib/api/privacy';
import { serverCall } from '@/lib/api/server';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { organizerPath } from '@/lib/paths';
import { requireUser } from '@/lib/session';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTexts('accounts'))('profile.title'),
});

export default async function Profile() {
  const user = await requireUser('/profile');
  const isOrganizer = user.role === 'ORGANIZER' || user.role === 'ADMIN';
  const [{ items }, { delivery }, dataExport, t, verification, organizer, page] = await Promise.all([
    getSessions(serverCall),
    getVerification(serverCall),
    getExport(serverCall),
    getTexts('accounts'),
    getTexts('verification'),
    isOrganizer ? getOrganizerProfile(serverCall) : null,
    isOrganizer ? findOrganizer(user.id, '') : null,
  ]);
  return (
    <ClientTexts of={['accounts', 'validation', 'verification']}>
      <h1 className="text-2xl">{t('profile.heading')}</h1>
      <div className="mt-8 flex flex-col">
        <ProfileSection id="name-part" title={t('profile.name')} text={t('profile.nameText')}>
          <NameForm name={user.name} />
        </ProfileSection>
        <ProfileSection id="email" title={verification('profile.title')} text={verification('profile.text')}>
          <EmailSettings
            // A form that is open belongs to the address at that time.
            key={user.email}
            user={user}
            canSend={delivery !== 'none'}
          />
        </ProfileSection>
        <ProfileSection id="language-part" title={t('profile.language')} text={t('profile.languageText')}>
          <LanguageForm language={user.language} timeZone={user.timeZone} />
        </ProfileSection>
        {organizer && (
          <ProfileSection
            id="organizer-part"
            title={t('organizer.title')}
            text={t('organizer.text')}
            note={
              page ? (
                <Link href={organizerPath(user.id)} className="link font-semibold">
                  {t('organizer.view')}
                </Link>
              ) : (
                t('organizer.noPage')
              )
            }
          >
            <OrganizerForm profile={organizer} />
          </ProfileSection>
        )}
        <ProfileSection id="password-part" title={t('profile.password')} text={t('profile.passwordText')}>
          <PasswordForm email={user.email} />
        </ProfileSection>
        <ProfileSection id="sessions-part" title={t('profile.sessions')} text={t('profile.sessionsText')}>
          <SessionList sessions={items} />
        </ProfileSection>
        <ProfileSection id="data" title={t('data.title')} text={t('data.text')}>
          <DataExport {...dataExport} />
        </ProfileSection>
        <ProfileSection id="erase" title={t('erase.title')} text={t('erase.text')}>
          <EraseAccount email={user.email} />
        </ProfileSection>
      </div>
    </ClientTexts>
  );
}

function ProfileSection({
  id,
  title,
  text,
  note,
  children,
}: {
  id: string;
  title: string;
  text: string;
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={id} className="grid gap-x-14 gap-y-5 border-t border-line py-8 lg:grid-cols-[20rem_1fr]">
      <div>
        <h2 id={id} className="text-lg">
          {title}
        </h2>
        <p className="mt-1 text-sm text-muted">{text}</p>
        {note && <p className="mt-3 text-sm">{note}</p>}
      </div>
      <div className="max-w-xl">{children}</div>
    </section>
  );
}
