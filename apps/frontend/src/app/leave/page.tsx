import type { LeaveLinkInfo } from '@mini-compete/shared/registrations';
import type { Metadata } from 'next';
import { LeaveByLinkForm } from '@/components/registrations/mine/leave-by-link-form';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { isApiError } from '@/lib/api/problem';
import { getLeaveLink } from '@/lib/api/registrations';
import { serverCall } from '@/lib/api/server';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { competitionPath } from '@/lib/paths';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTexts('registrations'))('leave.title'),
  robots: { index: false },
  referrer: 'no-referrer',
});

type Props = { searchParams: Promise<{ token?: string }> };

/** The target of the leave link in messages. Opening it changes nothing, because mail clients prefetch links. */
export default async function Leave({ searchParams }: Props) {
  const { token = '' } = await searchParams;
  const [link, t] = await Promise.all([readLink(token), getTexts('registrations')]);
  return (
    <div className="mx-auto max-w-xl">
      {link === null ? (
        <>
          <h1 className="text-2xl">{t('leave.invalidTitle')}</h1>
          <Notice tone="error" className="mt-6" title={t('leave.invalid')} />
          <ButtonLink className="mt-6" href="/registrations">
            {t('leave.toMine')}
          </ButtonLink>
        </>
      ) : link.status === 'CANCELLED' ? (
        <>
          <h1 className="text-2xl">{t('leave.endedTitle')}</h1>
          <p className="mt-3">{t('leave.ended', { title: link.title })}</p>
          <ButtonLink className="mt-6" href={competitionPath(link.competitionId)}>
            {t('leave.view')}
          </ButtonLink>
        </>
      ) : (
        <ClientTexts of={['registrations']}>
          <LeaveByLinkForm token={token} link={link} />
        </ClientTexts>
      )}
    </div>
  );
}

/** Null for an invalid link. */
async function readLink(token: string): Promise<LeaveLinkInfo | null> {
  if (!token) return null;
  try {
    return await getLeaveLink(serverCall, token);
  } catch (error) {
    if (isApiError(error, 'LEAVE_TOKEN_INVALID', 'VALIDATION_FAILED', 'REGISTRATION_NOT_FOUND')) return null;
    throw error;
  }
}
