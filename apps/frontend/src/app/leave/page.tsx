import type { LeaveLinkInfo } from '@mini-compete/shared/registrations';
import type { Metadata } from 'next';
import { LeaveByLinkForm } from '@/components/registrations/mine/leave-by-link-form';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { ApiError, isApiError } from '@/lib/api/problem';
import { getLeaveLink } from '@/lib/api/registrations';
import { serverCall } from '@/lib/api/server';
import { competitionPath } from '@/lib/paths';

export const metadata: Metadata = { title: 'Leave', robots: { index: false }, referrer: 'no-referrer' };

type Props = { searchParams: Promise<{ token?: string }> };

/** The target of the leave link in messages. Opening it changes nothing, because mail clients prefetch links. */
export default async function Leave({ searchParams }: Props) {
  const { token = '' } = await searchParams;
  const link = await readLink(token);
  return (
    <div className="mx-auto max-w-xl">
      {link instanceof ApiError ? (
        <>
          <h1 className="text-2xl">This link does not work</h1>
          <Notice tone="error" className="mt-6" title={link.title} />
          <ButtonLink className="mt-6" href="/registrations">
            Go to my registrations
          </ButtonLink>
        </>
      ) : link.status === 'CANCELLED' ? (
        <>
          <h1 className="text-2xl">You are not in any more</h1>
          <p className="mt-3">Your registration for “{link.title}” has ended already. There is nothing to do.</p>
          <ButtonLink className="mt-6" href={competitionPath(link.competitionId)}>
            See the competition
          </ButtonLink>
        </>
      ) : (
        <LeaveByLinkForm token={token} link={link} />
      )}
    </div>
  );
}

async function readLink(token: string): Promise<LeaveLinkInfo | ApiError> {
  const invalid = new ApiError('LEAVE_TOKEN_INVALID', { title: 'This link is not valid. Sign in to leave instead.' });
  if (!token) return invalid;
  try {
    return await getLeaveLink(serverCall, token);
  } catch (error) {
    if (isApiError(error, 'LEAVE_TOKEN_INVALID', 'VALIDATION_FAILED', 'REGISTRATION_NOT_FOUND')) return invalid;
    throw error;
  }
}
