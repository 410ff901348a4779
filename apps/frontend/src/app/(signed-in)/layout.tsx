import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { safeNext } from '@/lib/paths';
import { requireReader } from '@/lib/session';

/** Pages for people with an account. Asked before anything of them is sent, so that everybody else is sent on at once. */
export default async function SignedIn({ children }: { children: ReactNode }) {
  await requireReader(safeNext((await headers()).get('x-page')));
  return children;
}
