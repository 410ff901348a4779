import type { Me } from '@mini-compete/shared/auth';
import type { ReceivedStaffInvitation } from '@mini-compete/shared/staff';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { address } from '@/components/accounts/verification/rich-address';
import { AcceptInvitation } from '@/components/competitions/staff/accept-invitation';
import { SignOut } from '@/components/layout/sign-out';
import { Answer } from '@/components/ui/answer';
import { ButtonLink, buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { type ApiError, isApiError } from '@/lib/api/problem';
import { serverCall } from '@/lib/api/server';
import { getStaffInvitation } from '@/lib/api/staff';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getFormats, getTexts } from '@/lib/i18n/texts.server';
import { competitionPath, signInPath, signUpPath, verifyEmailPath } from '@/lib/paths';
import { getParam, type SearchParams, withParams } from '@/lib/search-params';
import { getCurrentUser } from '@/lib/session';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTexts('staffInvitation'))('title'),
  robots: { index: false },
  referrer: 'no-referrer',
});

const pathOf = (token: string): string => withParams('/staff-invitation', { token });

/** The target of the link in an invitation. Opening it changes nothing, because mail clients prefetch links. */
export default async function StaffInvitationPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const token = getParam(await searchParams, 'token');
  const user = await getCurrentUser();
  return (
    <div className="mx-auto max-w-xl">
      {user === null ? <SignInFirst path={pathOf(token)} /> : <Invitation token={token} user={user} />}
    </div>
  );
}

async function SignInFirst({ path }: { path: string }) {
  const t = await getTexts('staffInvitation');
  return (
    <Answer title={t('signInTitle')} text={t('signInText')}>
      <ButtonLink tone="primary" href={signInPath(path)}>
        {t('signIn')}
      </ButtonLink>
      <ButtonLink href={signUpPath(path)}>{t('signUp')}</ButtonLink>
    </Answer>
  );
}

async function Invitation({ token, user }: { token: string; user: Me }) {
  const invitation = await getStaffInvitation(serverCall, token).catch((error) => {
    if (isApiError(error) && error.status < 500 && error.status !== 401) return error;
    throw error;
  });
  if (isApiError(invitation)) return <Unavailable error={invitation} token={token} user={user} />;
  return <Received invitation={invitation} token={token} user={user} />;
}

async function Received({
  invitation: { competitionId, title, role, invitedBy, expiresAt, obstacle },
  token,
  user,
}: {
  invitation: ReceivedStaffInvitation;
  token: string;
  user: Me;
}) {
  const [t, common, staff, { instant }] = await Promise.all([
    getTexts('staffInvitation'),
    getTexts('common'),
    getTexts('staff'),
    getFormats(),
  ]);
  const named = { role: common(`staffRole.${role}`), b: (chunks: ReactNode) => <strong>{chunks}</strong> };
  return (
    <>
      <h1 className="text-2xl wrap-break-word">{t.rich('question', { title, n: name })}</h1>
      <p className="mt-3">
        {invitedBy === null
          ? t.rich('textAnonymous', named)
          : t.rich('text', { ...named, inviter: invitedBy, n: name })}
      </p>
      <p className="mt-2">{t('abilities', { text: staff(`roleText.${role}`) })}</p>
      <p className="mt-2 text-sm text-muted">{t('expires', { when: instant(expiresAt, 'full') })}</p>
      {obstacle === null ? (
        <ClientTexts of={['staffInvitation']}>
          <AcceptInvitation token={token} />
        </ClientTexts>
      ) : obstacle === 'EMAIL_NOT_VERIFIED' ? (
        <Notice tone="warning" className="mt-6" title={t('notVerifiedTitle')}>
          <p>{t.rich('notVerifiedText', { email: user.email, address })}</p>
          <ButtonLink tone="primary" className="mt-3" size="sm" href={verifyEmailPath(pathOf(token))}>
            {t('verify')}
          </ButtonLink>
        </Notice>
      ) : (
        <Notice tone="warning" className="mt-6" title={t('registeredTitle')}>
          <p>{t('registeredText')}</p>
          <ButtonLink className="mt-3" size="sm" href={competitionPath(competitionId)}>
            {t('viewCompetition')}
          </ButtonLink>
        </Notice>
      )}
    </>
  );
}

const name = (chunks: ReactNode) => <bdi>{chunks}</bdi>;

async function Unavailable({ error, token, user }: { error: ApiError; token: string; user: Me }) {
  const t = await getTexts('staffInvitation');
  switch (error.code) {
    case 'STAFF_INVITATION_FOR_OTHER':
      return (
        <Answer title={t('otherTitle')} text={t.rich('otherText', { email: user.email, address })}>
          <SignOut to={pathOf(token)} className={buttonClass()} />
        </Answer>
      );
    case 'ALREADY_STAFF':
      return (
        <Answer title={t('alreadyTitle')} text={t('alreadyText')}>
          <ButtonLink tone="primary" href="/organize">
            {t('myCompetitions')}
          </ButtonLink>
        </Answer>
      );
    case 'STAFF_INVITATION_USED':
    case 'STAFF_INVITATION_WITHDRAWN':
    case 'STAFF_INVITATION_EXPIRED':
    case 'COMPETITION_NOT_FOUND':
      return (
        <Answer title={t('closedTitle')} text={error.title}>
          <ButtonLink href="/">{t('home')}</ButtonLink>
        </Answer>
      );
    default:
      return (
        <Answer title={t('notFoundTitle')} text={t('notFoundText')}>
          <ButtonLink href="/">{t('home')}</ButtonLink>
        </Answer>
      );
  }
}
