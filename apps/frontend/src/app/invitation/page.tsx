import type { Me } from '@mini-compete/shared/auth';
import type { ReceivedInvitation } from '@mini-compete/shared/invitations';
import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { address } from '@/components/accounts/verification/rich-address';
import { SignOut } from '@/components/layout/sign-out';
import { AcceptInvitation } from '@/components/registrations/invitations/accept-invitation';
import { Answer } from '@/components/ui/answer';
import { ButtonLink, buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { getInvitation } from '@/lib/api/invitations';
import { type ApiError, isApiError } from '@/lib/api/problem';
import { serverCall } from '@/lib/api/server';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getFormats, getTexts } from '@/lib/i18n/texts.server';
import { competitionPath, invitationPath, signInPath, signUpPath, verifyEmailPath } from '@/lib/paths';
import { getParam, type SearchParams } from '@/lib/search-params';
import { getCurrentUser } from '@/lib/session';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTexts('invitation'))('title'),
  robots: { index: false },
  referrer: 'no-referrer',
});

/** The target of the link in an invitation. Opening it changes nothing, because mail clients prefetch links. */
export default async function InvitationPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const token = getParam(await searchParams, 'token');
  const user = await getCurrentUser();
  return (
    <div className="mx-auto max-w-xl">
      {user === null ? <SignInFirst path={invitationPath(token)} /> : <Invitation token={token} user={user} />}
    </div>
  );
}

async function SignInFirst({ path }: { path: string }) {
  const t = await getTexts('invitation');
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
  const invitation = await getInvitation(serverCall, token).catch((error) => {
    if (isApiError(error) && error.status < 500 && error.status !== 401) return error;
    throw error;
  });
  if (isApiError(invitation)) return <Unavailable error={invitation} token={token} user={user} />;
  return <Received invitation={invitation} token={token} user={user} />;
}

type ReceivedProps = { invitation: ReceivedInvitation; token: string; user: Me };

async function Received({ invitation, token, user }: ReceivedProps) {
  const [t, { instant }] = await Promise.all([getTexts('invitation'), getFormats()]);
  const { competitionId, title, startDate, location, invitedBy, message, expiresAt, registrationStatus } = invitation;
  return (
    <>
      <h1 className="text-2xl wrap-break-word">{t.rich('question', { title, n: name })}</h1>
      <p className="mt-3">
        {invitedBy === null ? t('textAnonymous') : t.rich('text', { inviter: invitedBy, n: name })}
      </p>
      {message !== null && (
        <figure className="mt-4 border-s-4 border-line-strong ps-4">
          <figcaption className="text-sm text-muted">{t('message')}</figcaption>
          <blockquote dir="auto" className="mt-1 whitespace-pre-line text-match-parent wrap-anywhere">
            {message}
          </blockquote>
        </figure>
      )}
      {startDate !== null && <p className="mt-4">{t('starts', { when: instant(startDate, 'full') })}</p>}
      {location !== null && (
        <p className="mt-2">
          <bdi>{location}</bdi>
        </p>
      )}
      {registrationStatus === 'WAITLISTED' && <p className="mt-2">{t('waitlisted')}</p>}
      {registrationStatus === 'APPLIED' && <p className="mt-2">{t('applied')}</p>}
      <p className="mt-2 text-sm text-muted">
        {t('expires', { when: instant(expiresAt, 'full') })}{' '}
        <Link href={competitionPath(competitionId)} className="link">
          {t('view')}
        </Link>
      </p>
      <Acceptance invitation={invitation} token={token} user={user} />
    </>
  );
}

async function Acceptance({ invitation: { competitionId, obstacle }, token, user }: ReceivedProps) {
  const [t, competition] = await Promise.all([getTexts('invitation'), loadCompetition(competitionId)]);
  if (obstacle === 'EMAIL_NOT_VERIFIED')
    return (
      <Notice tone="warning" className="mt-6" title={t('notVerifiedTitle')}>
        <p>{t.rich('notVerifiedText', { email: user.email, address })}</p>
        <ButtonLink tone="primary" className="mt-3" size="sm" href={verifyEmailPath(invitationPath(token))}>
          {t('verify')}
        </ButtonLink>
      </Notice>
    );
  if (obstacle === 'NOT_A_PARTICIPANT')
    return (
      <Notice tone="warning" className="mt-6" title={t('organizerTitle')}>
        <p>{t('organizerText')}</p>
      </Notice>
    );
  return (
    <ClientTexts of={['invitation', 'questions', 'validation']}>
      <AcceptInvitation token={token} competition={competition} userId={user.id} />
    </ClientTexts>
  );
}

const name = (chunks: ReactNode) => <bdi>{chunks}</bdi>;

async function Unavailable({ error, token, user }: { error: ApiError; token: string; user: Me }) {
  const t = await getTexts('invitation');
  const home = <ButtonLink href="/">{t('home')}</ButtonLink>;
  const mine = (
    <ButtonLink tone="primary" href="/registrations">
      {t('myRegistrations')}
    </ButtonLink>
  );
  switch (error.code) {
    case 'INVITATION_FOR_OTHER':
      return (
        <Answer title={t('otherTitle')} text={t.rich('otherText', { email: user.email, address })}>
          <SignOut to={invitationPath(token)} className={buttonClass()} />
        </Answer>
      );
    case 'ALREADY_REGISTERED':
      return (
        <Answer title={t('alreadyTitle')} text={t('alreadyText')}>
          {mine}
        </Answer>
      );
    case 'INVITATION_USED':
      return (
        <Answer title={t('usedTitle')} text={t('alreadyText')}>
          {mine}
        </Answer>
      );
    case 'STAFF_CANNOT_REGISTER':
      return (
        <Answer title={t('staffTitle')} text={error.title}>
          {home}
        </Answer>
      );
    case 'INVITATION_WITHDRAWN':
    case 'INVITATION_EXPIRED':
    case 'COMPETITION_CANCELLED':
    case 'COMPETITION_NOT_FOUND':
      return (
        <Answer title={t('closedTitle')} text={error.title}>
          {home}
        </Answer>
      );
    default:
      return (
        <Answer title={t('notFoundTitle')} text={t('notFoundText')}>
          {home}
        </Answer>
      );
  }
}
