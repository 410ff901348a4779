import 'server-only';
import type { Role, User } from '@mini-compete/shared/auth';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { getMe } from './api/accounts';
import { isApiError, needsSignIn } from './api/problem';
import { serverCall } from './api/server';
import { signInPath } from './paths';
import { ACCESS_COOKIE } from './session-cookies';

/** Who is reading, or null. Asked once per request; server components only read, the proxy rotates. */
export const getReader = cache(async (): Promise<User | null> => {
  const jar = await cookies();
  if (!jar.has(ACCESS_COOKIE)) return null;
  try {
    return await getMe(serverCall);
  } catch (error) {
    // A page that anybody may read must not fall with the question who reads it.
    if (needsSignIn(error) || isApiError(error)) return null;
    throw error;
  }
});

/** Who is reading a page that is for people with an account; others sign in first and come back to `path`. */
export async function requireReader(path: string, ...roles: Role[]): Promise<User> {
  const reader = await getReader();
  if (!reader) redirect(signInPath(path));
  if (roles.length > 0 && !roles.includes(reader.role)) redirect('/');
  return reader;
}
