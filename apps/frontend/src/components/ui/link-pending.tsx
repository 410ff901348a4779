'use client';

import { useLinkStatus } from 'next/link';
import { Spinner } from './spinner';

/** Inside a link: says that its page is on the way, if that takes longer than a blink. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return pending ? <Spinner className="ms-2 h-2.5 animate-late align-middle text-muted" /> : null;
}
