'use client';

import { useLinkStatus } from 'next/link';
import { Spinner } from './spinner';

/** Inside a link: a spinner while its page loads. The delay avoids a flash on fast loads. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return pending ? <Spinner className="ms-2 h-2.5 animate-fade-delayed align-middle text-muted" /> : null;
}
