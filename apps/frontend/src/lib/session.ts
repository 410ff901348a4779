import 'server-only';
import type { Role, User } from '@mini-compete/shared/auth';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { getMe } from './api/accounts';
import { isApiError, isUnclear } from './api/problem';
import { serverCall } from './api/server';
import { signInPath } from './paths';

/** Set by the API alone, which renews it too, before it asks for a page. */
const ACCESS_COOKIE = 'mc_access';

/** Who is reading, or null. Asked once per request. */
export const getReader = cache(async (): Promise<User | null> => {
  const jar = await cookies();
  if (!jar.has(ACCESS_COOKIE)) return null;
  try {
    return await getMe(serverCall);
  } catch (error) {
    // Nobody knows who is reading: a page that says "not signed in" would be wrong.
    if (isUnclear(error) || !isApiError(error)) throw error;
    return null;
  }
});

/** Who is reading a page that is for people with an account; others sign in first and come back to `path`. */
export async function requireReader(path: string, ...roles: Role[]): Promise<User> {
  const reader = await getReader();
  if (!reader) {
    // The front server says so where a session could not be renewed.
    const ended = (await headers()).get('x-session') === 'ended';
    redirect(signInPath(path) + (ended ? '&ended=1' : ''));
  }
  if (roles.length > 0 && !roles.includes(reader.role)) redirect('/');
  return reader;
}
