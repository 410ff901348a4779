'use client';

import { useState } from 'react';
import { useToast } from '@/components/ui/toast';
import { signOut } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { isApiError, needsSignIn } from '@/lib/api/problem';

export function SignOut({ className }: { className: string }) {
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  /** Never rejects: an error is shown as a toast. */
  const submit = async () => {
    setBusy(true);
    try {
      await signOut(call);
    } catch (error) {
      if (!needsSignIn(error)) {
        setBusy(false);
        toast(isApiError(error) ? `You are still signed in. ${error.title}` : 'You are still signed in.');
        return;
      }
    }
    // A full page load, so that no data of the user stays in memory.
    window.location.assign('/');
  };
  return (
    <button type="button" onClick={() => void submit()} disabled={busy} className={className}>
      {busy ? 'Signing out' : 'Sign out'}
    </button>
  );
}
