import 'server-only';
import type { Me, Role } from '@mini-compete/shared/auth';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { getMe } from './api/accounts';
import { isApiError, isRetryable } from './api/problem';
import { serverCall } from './api/server';
import { signInPath } from './paths';

/** Only the API sets this cookie. Its front server renews it before it requests a page. */
const ACCESS_COOKIE = 'mc_access';

/** The signed-in user, or null. Read once per request. */
export const getCurrentUser = cache(async (): Promise<Me | null> => {
  if (!(await cookies()).has(ACCESS_COOKIE)) return null;
  try {
    return await getMe(serverCall);
  } catch (error) {
    // It is unknown whether there is a session, so a page for signed-out users could be wrong.
    if (isRetryable(error) || !isApiError(error)) throw error;
    return null;
  }
});

/**
 * Returns the user. Redirects signed-out visitors to the sign-in page, which returns to `path`, and users without any of
 * `roles` to the home page.
 */
export async function requireUser(path: string, ...roles: Role[]): Promise<Me> {
  const user = await getCurrentUser();
  if (!user) {
    // The front server sets this header if the session could not be renewed.
    const ended = (await headers()).get('x-session') === 'ended';
    redirect(signInPath(path) + (ended ? '&ended=1' : ''));
  }
  if (roles.length > 0 && !roles.includes(user.role)) redirect('/');
  return user;
}
