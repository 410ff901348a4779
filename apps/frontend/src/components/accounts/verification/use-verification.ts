import type { Verification } from '@mini-compete/shared/verification';
import { useEffect, useRef, useState } from 'react';
import { getVerification } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';

/**
 * The state of the viewer's address, and when another code can be sent, by the clock of the browser. Asks again when the
 * viewer comes back to this tab: the link of the mail opens another one.
 */
export function useVerification(initial: Verification | null, onVerified: (status: Verification) => void) {
  const [status, setStatus] = useState(initial);
  const [resendAt, setResendAt] = useState(() => resendTime(initial));
  // A ref, so that a new callback does not ask again.
  const latest = useRef(onVerified);
  latest.current = onVerified;

  const apply = useRef((next: Verification) => {
    setStatus(next);
    setResendAt(resendTime(next));
    if (next.verified) latest.current(next);
  }).current;

  useEffect(() => {
    const refetch = () => {
      // If it fails, the viewer still has the code.
      if (document.visibilityState === 'visible') getVerification(call).then(apply, () => undefined);
    };
    if (initial === null) refetch();
    document.addEventListener('visibilitychange', refetch);
    return () => document.removeEventListener('visibilitychange', refetch);
  }, [initial, apply]);

  return { status, apply, resendAt, waitUntil: setResendAt };
}

const resendTime = (status: Verification | null): number => Date.now() + (status?.resendInSeconds ?? 0) * 1000;
