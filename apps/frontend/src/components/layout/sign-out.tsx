'use client';

import { useState } from 'react';
import { useTexts } from '#texts';
import { NativeButton } from '@/components/ui/native';
import { useToast } from '@/components/ui/toast';
import { signOut } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { isApiError, needsSignIn } from '@/lib/api/problem';

/** Then leads to `to`. */
export function SignOut({ to = '/', className }: { to?: string; className: string }) {
  const t = useTexts('layout');
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
        toast(t('account.stillSignedIn', { reason: isApiError(error) ? error.title : '' }).trim());
        return;
      }
    }
    // Loaded now, because hardly any browser has a list. Without a list there is nothing to do.
    await import('@/components/registrations/door/forget-lists')
      .then(({ forgetLists }) => forgetLists())
      .catch(console.error);
    // A full page load, so that no data of the user stays in memory.
    window.location.assign(to);
  };
  return (
    <NativeButton onClick={() => void submit()} disabled={busy} className={className}>
      {t(busy ? 'account.signingOut' : 'account.signOut')}
    </NativeButton>
  );
}
