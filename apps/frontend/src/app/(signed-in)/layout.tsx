import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { safeNext } from '@/lib/paths';
import { requireUser } from '@/lib/session';

/** Pages for signed-in users. Checked before streaming starts: after that, a redirect status cannot be sent. */
export default async function SignedIn({ children }: { children: ReactNode }) {
  await requireUser(safeNext((await headers()).get('x-page')));
  return children;
}
